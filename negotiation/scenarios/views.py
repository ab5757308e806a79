"""Pages of scenarios: the shelf, the figures of each with their sources, and the editor of copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import rulesets, scenario
from game.analysis import analyse
from game.figures import ScenarioError
from game.scenario import NEWEST_RULES, Scenario
from game.scenario_file import made, parse, raw_of
from negotiation.languages.current import say, sentences
from negotiation.scenarios import amendment, editions, filling, library, mending, role_sheets, trials
from negotiation.scenarios.mending import WrongForm
from negotiation.scenarios.models import Edition

MOST_BYTES = 512 * 1024


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Shows the shipped scenarios, and one's own."""
    return _shelf(request)


def _shelf(request: HttpRequest, wrong: str = "", not_copied: str = "") -> HttpResponse:
    """The same, with what is wrong with a file that was sent, or why there is no copy."""
    own = library.newest_of(request.user) if request.user.is_authenticated else []

    def told(names: Iterable[str]) -> list[tuple[str, str, str, Scenario]]:
        return [(name, say(f"scenario.{name}"), say(f"scenario_about.{name}"), scenario.load(name)) for name in names]

    context = {"shipped": told(scenario.names()), "cases": told(scenario.cases()), "own": own}
    context |= {"wrong": wrong, "not_copied": not_copied}
    return render(request, "scenarios/shelf.html", context, status=422 if wrong or not_copied else 200)


@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Shows every figure of a shipped scenario with its unit, its source and how sure anybody is of it."""
    if name not in (*scenario.names(), *scenario.cases()):
        raise Http404
    found = scenario.load(name, NEWEST_RULES)
    if not rulesets.of(found).has_region:
        return render(request, "scenarios/case.html", _case(found) | {"name": name})
    context = {
        "name": name,
        "scenario": found,
        "about": say(f"scenario_about.{name}"),
        "title": say(f"scenario.{name}"),
        "figures": found.figures(),
    }
    return render(request, "scenarios/shipped.html", context)


@require_safe
def roles(request: HttpRequest, name: str) -> HttpResponse:
    """Shows the role sheets of a shipped scenario, a printed page a state."""
    if name not in scenario.names():
        raise Http404
    back = reverse("scenarios:shipped", kwargs={"name": name})
    return role_sheets.page(request, scenario.load(name, NEWEST_RULES), title=say(f"scenario.{name}"), back=back)


@never_cache
@require_safe
@login_required
def own_roles(request: HttpRequest, code: str) -> HttpResponse:
    """Shows those of a copy."""
    edition = _own(request, code)
    back = reverse("scenarios:edit", kwargs={"code": code})
    return role_sheets.page(request, library.load(edition.name, edition.rules), title=edition.title, back=back)


@require_POST
@login_required
def copy(request: HttpRequest, name: str) -> HttpResponse:
    """Makes a copy of a shipped scenario that may be changed."""
    if name not in (*scenario.names(), *scenario.cases()):
        raise Http404
    raw = raw_of(name, NEWEST_RULES)
    raw["title"] = _("%(title)s, a copy") % {"title": say(f"scenario.{name}")}
    try:
        edition = editions.publish(_user(request), raw, made(raw, name, NEWEST_RULES), base=name)
    except ScenarioError as error:
        return _shelf(request, not_copied=str(error))
    return redirect("scenarios:edit", code=edition.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Shows a copy's figures as a form; saving makes the next edition, and rooms keep theirs."""
    edition = _own(request, code)
    raw = msgspec.json.decode(edition.written, type=dict[str, Any])
    if not rulesets.of(found := made(raw, edition.name, edition.rules)).has_region:
        return render(request, "scenarios/case.html", _case(found) | {"edition": edition, "name": edition.name})
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            new, found = amendment.changed(raw, request.POST, edition.rules, _("this copy"))
            saved = editions.publish(_user(request), new, found, base=edition.base, after=edition)
        except WrongForm as error:
            wrong = error.wrong
        except ScenarioError as error:
            wrong = {"": str(error)}
        else:
            if saved.agreements == 0:
                messages.warning(request, HOLLOW())
            messages.success(request, _("Saved as edition %(number)d.") % {"number": saved.number})
            return redirect("scenarios:edit", code=code)
    context = {
        "edition": edition,
        "is_hollow": edition.agreements == 0,
        "hollow": HOLLOW(),
        "editions": Edition.objects.filter(code=code, owner=edition.owner)[:12],
        **filling.filled(raw, edition, request.POST, wrong),
    }
    return render(request, "scenarios/edit.html", context, status=422 if wrong else 200)


def _case(found: Scenario) -> dict[str, Any]:
    """Returns what the page of a game of another kind shows: what its players know, and for who runs it the rest."""
    names = library.seat_names(found)
    found = library.as_read(found)
    context: dict[str, Any] = {"scenario": found, "names": names, "about": sentences("scenario_about").get(found.id)}
    if found.scorable is not None:
        told = analyse(found.scorable).told()
        context |= {
            "game": found.scorable,
            "vetoes": [names[seat] for seat in found.scorable.vetoes],
            "told": told,
            "acceptable": [(names[seat], count) for seat, count in told.acceptable.items()],
        }
    if found.matrix is not None:
        rows = zip(found.matrix.combinations(), found.matrix.payoffs, strict=True)
        context |= {
            "matrix": found.matrix,
            "rows": [([found.matrix.moves[move].title for move in combination], row) for combination, row in rows],
        }
    return context


def HOLLOW() -> str:  # noqa: N802 (a sentence that is translated when it is said)
    return _("Nobody could agree on anything in four games among bots: a class would find nothing to adopt.")


@require_POST
@login_required
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Says what is wrong with the form as it stands, field by field."""
    edition = _own(request, code)
    raw = msgspec.json.decode(edition.written, type=dict[str, Any])
    try:
        amendment.changed(raw, request.POST, edition.rules, _("this copy"))
    except WrongForm as error:
        named = filling.mistakes(raw, edition, error.wrong)
        return JsonResponse({"mistakes": [one._asdict() for one in named]})
    return JsonResponse({"mistakes": []})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Deletes a scenario of one's own, asked by writing its code; what was made with it keeps its editions."""
    edition = _own(request, code)
    written, error = request.POST.get("code", ""), ""
    if request.method == "POST":
        if written.strip().upper() == code:
            editions.erase(_user(request), code)
            return redirect("scenarios:shelf")
        error = _("Write the code of the scenario, so that nothing is erased by accident.")
    context = {"edition": edition, "written": written, "error": error}
    return render(request, "scenarios/erase.html", context, status=422 if error else 200)


@require_POST
@login_required
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """Begins a trial of the newest edition."""
    trials.begin(_own(request, code))
    return redirect("scenarios:edit", code=code)


@never_cache
@require_safe
@login_required
def tried(request: HttpRequest, code: str) -> HttpResponse:
    """Gives how far the trial is, or what came of it."""
    return JsonResponse(_own(request, code).tried)


@require_safe
@login_required
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the newest edition as a file: for a colleague, and for the command line."""
    edition = _own(request, code)
    body = msgspec.json.format(edition.written.encode(), indent=1)
    name = f"{edition.code}-{edition.number}.json"
    return HttpResponse(
        body, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take(request: HttpRequest) -> HttpResponse:
    """Takes a scenario from a file, TOML or JSON, as a copy of one's own; who comes back to this address chooses another."""
    if request.method != "POST":
        return redirect("scenarios:shelf")
    sent = request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > MOST_BYTES:
        return _shelf(request, _("Choose a file of at most 512 kB."))
    try:
        text = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _shelf(request, _("This is no text. Choose a scenario as TOML or JSON, in UTF-8."))
    name = "scenario.json" if text.lstrip().startswith("{") else "scenario.toml"
    try:
        found = parse(text, name, NEWEST_RULES)
        if said := mending.said_of_title(found.title):
            return _shelf(request, f"title: {said}")
        raw = msgspec.json.decode(text) if name.endswith("json") else msgspec.toml.decode(text.encode())
        edition = editions.publish(_user(request), raw, found, base=found.id[:40])
    except ScenarioError as error:
        return _shelf(request, mending.told_of_file(error, text, name)[:600])
    except (msgspec.MsgspecError, RecursionError) as error:
        return _shelf(request, str(error)[:600])
    return redirect("scenarios:edit", code=edition.code)


def _own(request: HttpRequest, code: str) -> Edition:
    edition = Edition.objects.filter(code=code, owner=_user(request)).order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def _user(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user
