"""Admin pages: for repair, with Django's own history; seeds are shown nowhere, and what was written down cannot be changed."""

from __future__ import annotations

from django.contrib import admin

from negotiation.rooms.admin import ReadOnly
from negotiation.tournaments.models import Adjustment, Appeal, Change, Place, Player, Rated, Round, Tournament


@admin.register(Tournament)
class TournamentAdmin(admin.ModelAdmin):
    list_display = ("code", "title", "owner", "rounds", "system", "state", "created_at")
    list_filter = ("state", "system")
    search_fields = ("code", "title")
    readonly_fields = ("code", "scenario", "settings", "rounds", "system", "filling", "method", "weight", "drop")


@admin.register(Player)
class PlayerAdmin(admin.ModelAdmin):
    list_display = ("number", "name", "team", "tournament", "entered", "withdrew", "checked_in_at")
    list_filter = ("tournament",)
    search_fields = ("name", "tournament__code")
    readonly_fields = ("tournament", "number", "entered", "withdrew")


@admin.register(Round)
class RoundAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("tournament", "number", "state", "published_at", "confirmed_at")
    list_filter = ("state",)
    fields = readonly_fields = ("tournament", "number", "state", "conference", "published_at", "confirmed_at")


@admin.register(Place)
class PlaceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("round", "table", "seat", "player", "kind", "spoilt")
    list_filter = ("kind",)
    fields = readonly_fields = ("round", "table", "seat", "player", "kind", "figures", "spoilt")


@admin.register(Appeal)
class AppealAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("player", "round", "ruling", "at")
    fields = readonly_fields = ("player", "round", "text", "ruling", "reason", "at")


@admin.register(Adjustment)
class AdjustmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("player", "points", "reason", "at")
    fields = readonly_fields = ("player", "points", "reason", "at")


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("tournament", "at", "who", "what")
    list_filter = ("what",)
    search_fields = ("tournament__code",)
    fields = readonly_fields = ("tournament", "at", "who", "what", "detail", "digest")


@admin.register(Rated)
class RatedAdmin(admin.ModelAdmin):
    list_display = ("name", "owner", "mu", "sigma", "games", "missed", "excused")
    search_fields = ("name",)
    readonly_fields = ("owner", "mu", "sigma", "games", "missed", "excused", "history")
