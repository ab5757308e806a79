"""The server: Django pages, rooms over WebSockets, one process on a laptop.

Apps import downwards only: tournaments, then conferences, then rooms, then the rules in `game`.
"""
