"""Rooms: one negotiation each."""
