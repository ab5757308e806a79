"""Admin pages: rooms and people; the log to read only. Seeds and tokens are shown nowhere."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from negotiation.rooms import people
from negotiation.rooms.models import Delegate, Entry, Room


class ReadOnly:
    """Nothing can be added or changed: what happened, happened."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DelegateInline(ReadOnly, admin.TabularInline):
    model = Delegate
    fields = readonly_fields = ("number", "name", "role", "seat", "is_host", "joined_at", "left_at")
    extra = 0


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ("code", "scenario", "phase", "n", "owner", "is_open", "created_at", "active_at")
    list_filter = ("scenario", "phase", "is_open")
    search_fields = ("code",)
    fields = ("code", "scenario", "settings", "owner", "teams", "observers", "is_open", "phase", "phase_no", "n")
    readonly_fields = ("code", "scenario", "settings", "phase", "phase_no", "n")
    inlines = (DelegateInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Delegate)
class DelegateAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name", "room", "role", "seat", "joined_at", "left_at")
    list_filter = ("role",)
    search_fields = ("name", "room__code")
    fields = readonly_fields = ("room", "number", "name", "role", "seat", "is_host", "joined_at", "left_at", "user")
    actions = ("take_place_away",)

    @admin.action(description="Take the place away", permissions=["view"])
    def take_place_away(self, request: HttpRequest, queryset: QuerySet[Delegate]) -> None:
        for delegate in queryset:
            people.leave(delegate=delegate)


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("room", "n", "epoch", "kind", "at")
    list_filter = ("kind",)
    search_fields = ("room__code",)
    fields = readonly_fields = ("room", "n", "epoch", "kind", "at", "mask", "body", "words", "digest")
