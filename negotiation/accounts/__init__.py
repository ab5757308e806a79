"""Accounts of facilitators. Players join a room by its code and have none."""
