"""The clock of rooms: one task in every server process."""

import asyncio


async def run() -> None:
    """Fires what is due, for ever; ends when it is cancelled."""
    await asyncio.Event().wait()
