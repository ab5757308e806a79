"""``{% said "group" code %}``: a sentence of the rules' words in the reader's language, in a template."""

from django import template

from negotiation.languages.current import say

register = template.Library()


@register.simple_tag
def said(group: str, code: object) -> str:
    """Shows the sentence of a group and code."""
    return say(f"{group}.{code}")
