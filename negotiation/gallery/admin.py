"""Public games for the operator, who may take one back."""

from django.contrib import admin

from negotiation.gallery.models import Showing


@admin.register(Showing)
class ShowingAdmin(admin.ModelAdmin):
    list_display = ("code", "room", "names", "has_talk", "shown_at")
    readonly_fields = ("code", "room", "shown_at")

    def has_add_permission(self, request: object) -> bool:
        return False
