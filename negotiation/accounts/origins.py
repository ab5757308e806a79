"""origin_of: where a visitor comes from, as something to count by."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def origin_of(request: HttpRequest) -> str:
    """Returns a keyed digest of the visitor's address: enough to count by, and no address is kept."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:  # the setting says that a proxy of ours stands in front and writes the last address itself
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return salted_hmac("negotiation.rooms.origin", address).hexdigest()[:32]
