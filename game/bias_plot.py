"""picture, table, gains: the findings of a study of bias as an SVG of small plots, and as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.bias import SCHOOLS, WORLDS, Finding, World

WIDE, HIGH, LEFT, TOP, GAP = 236, 170, 52, 58, 64
COLOURS = {"institutions": "#1f5f8b", "reciprocity": "#2d7d46", "bargaining": "#8a5a00", "strength": "#a3262a"}
DASHES = {"institutions": "", "reciprocity": "7 3", "bargaining": "2 3", "strength": "9 3 2 3"}
"""A line is told by its dashes as well as by its colour."""
LENSES = {"lead_U": "without trust", "lead_total": "with trust"}
STYLE = "text{font:12px system-ui,sans-serif;fill:#222}.t{font-weight:600}.s{font-size:11px;fill:#555}.g{stroke:#ddd}.z{stroke:#888}"


def picture(title: str, found: Sequence[Finding]) -> str:
    """Return an SVG: a column a world, a row with and without trust; across k, up how far a school leads, in points."""
    top = max([1.0, *(abs(getattr(one, lens)) for one in found for lens in LENSES)]) * 1.08
    width, height = LEFT + len(WORLDS) * (WIDE + GAP), TOP + len(LENSES) * (HIGH + 56) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f'<style>{STYLE}</style><rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text class="t" x="{LEFT}" y="20">{title}</text>',
    ]
    for n, school in enumerate(SCHOOLS):
        x = LEFT + n * 130
        parts.append(_line([(x, 36), (x + 26, 36)], school) + f'<text class="s" x="{x + 32}" y="40">{school}</text>')
    for column, world in enumerate(WORLDS):
        for row, (lens, said) in enumerate(LENSES.items()):
            x, y = LEFT + column * (WIDE + GAP), TOP + 22 + row * (HIGH + 56)
            parts.append(f'<text x="{x}" y="{y - 8}">{world} world, {said}</text>')
            parts += _plot([one for one in found if one.world == world], lens, x, y, top)
    return "\n".join((*parts, "</svg>\n"))


def _plot(found: Sequence[Finding], lens: str, x: float, y: float, top: float) -> Iterator[str]:
    ks = sorted({one.k for one in found})
    most = max(ks) or 1.0

    def place(k: float, lead: float) -> tuple[float, float]:
        return x + WIDE * k / most, y + HIGH * (1 - lead / top) / 2

    for lead in (-top / 1.08, 0.0, top / 1.08):
        _, at = place(0, lead)
        yield f'<line class="{"g" if lead else "z"}" x1="{x}" y1="{at:.1f}" x2="{x + WIDE}" y2="{at:.1f}"/>'
        yield f'<text class="s" x="{x - 6}" y="{at + 4:.1f}" text-anchor="end">{f"{lead:+.1f}" if lead else "0"}</text>'
    for k in (min(ks), most / 2, most):
        yield f'<text class="s" x="{place(k, 0)[0]:.1f}" y="{y + HIGH + 16}" text-anchor="middle">k = {k:g}</text>'
    for school in SCHOOLS:
        own = sorted((one.k, getattr(one, lens)) for one in found if one.who == school)
        yield _line([place(k, lead) for k, lead in own], school)


def _line(points: Sequence[tuple[float, float]], school: str) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{COLOURS[school]}" stroke-width="2" '
        f'stroke-dasharray="{DASHES[school]}"/>'
    )


def table(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: who leads by how much, and how often it is the best, by world and k."""
    who = list(dict.fromkeys(one.who for one in found))
    yield "| world | k | " + " | ".join(who) + " |"
    yield "|---|---|" + "---|" * len(who)
    for world, k in dict.fromkeys((one.world, one.k) for one in found):
        own = {one.who: one for one in found if (one.world, one.k) == (world, k)}
        yield f"| {world} | {k:g} | " + " | ".join(_cell(own.get(name)) for name in who) + " |"


def _cell(one: Finding | None) -> str:
    if one is None:
        return ""
    return f"{one.lead_U:+.2f} / {one.lead_total:+.2f}; {one.wins_U:.2f} / {one.wins_total:.2f}"


def gains(worlds: Sequence[World]) -> Iterator[str]:
    """Yield the lines of a table: the mean gain of a seat by how many of its table seek strength."""
    most = max(number for one in worlds for number in one.gain_by_strength)
    yield "| world | " + " | ".join(f"{number} of strength" for number in range(most + 1)) + " |"
    yield "|---|" + "---|" * (most + 1)
    for one in worlds:
        cells = (one.gain_by_strength.get(number) for number in range(most + 1))
        yield f"| {one.world} | " + " | ".join("" if cell is None else f"{cell:+.2f}" for cell in cells) + " |"
