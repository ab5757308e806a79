"""The glossary, made of the words that translators keep to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from game import places, translations
from negotiation.languages.current import current


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Shows every term with its meaning, and the disputed places with the names that each government uses."""
    language = current()
    terms = [
        one._replace(
            term=places.written(one.term, language=language), gloss=places.written(one.gloss, language=language)
        )
        for one in translations.glossary(language)
    ]
    named = [
        (forms["both"], [(usage, name) for usage, name in forms.items() if usage != "both"])
        for id_, forms in places.table(language).items()
        if id_ in places.table() and len(forms) > 1
    ]
    return render(request, "languages/glossary.html", {"terms": terms, "places": named})
