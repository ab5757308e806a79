"""A program at a seat: it joins a room by a token and plays a whole game by the published protocol, docs/protocol.md.

TALKS_TOKEN=… python examples/bot.py http://127.0.0.1:8000/ ABCDEFGH

Whoever runs the room makes the token on its page, under "Programs at the table". The strategy is in `Player`: it offers talks,
asks the server what a text would bring it, signs what costs it nothing, and keeps its promises.
"""

import os
import secrets
import sys

from client import FINAL, Room


class Player:
    """Decides from what its seat sees, and remembers only what it has done already."""

    def __init__(self, room):
        self.room, self.done = room, set()

    def ask(self, question):
        """Returns the answer, or None where the server refuses one."""
        question_id = secrets.token_urlsafe(16)
        self.room.send({"type": "ask", "id": question_id, "question": question})
        while (message := self.room.hear()).get("id") != question_id:
            pass
        return message.get("answer")

    def talk(self, seat):
        """Offers the first institution that may be founded and would bring the own seat something."""
        for offer in self.room.sections["may"]["institutions"]:
            package = {"sponsor": seat, "institution": {"id": offer["id"]}}
            told = self.ask({"type": "check", "package": package})
            if told and told["allowed"] and told["forecast"]["W"] > 0:
                return self.room.act({"type": "propose", "package": package})
        return None

    def vote(self, seat):
        """Says yes to whatever does not make the own seat poorer in three rounds."""
        for text in self.room.sections["texts"]["texts"]:
            key = (self.room.epoch, text["id"], text["version"])
            if text["status"] == "open" and seat in text["voters"] and key not in self.done:
                told = self.ask({"type": "weigh", "text": text["id"]})
                choice = "yes" if told and told["W"] >= 0 else "no"
                self.room.act({"type": "vote", "text": text["id"], "choice": choice}, expect=text["version"])
                self.done.add(key)

    def step(self, seat):
        """Does what the phase asks for."""
        now = self.room.sections["room"]
        if now["phase"] == "vote":
            self.vote(seat)
        key = (self.room.epoch, now["phase_no"])
        if now["phase"] in ("lobby", "over") or key in self.done:
            return
        if now["phase"] == "talk":
            self.talk(seat)
        self.room.act({"type": "order", "order": {}} if now["phase"] == "orders" else {"type": "ready"})
        self.done.add(key)  # not before: whoever is cut off in the middle begins the phase again

    def play(self):
        """Plays to the end and returns the scores. A line that breaks is taken up again, from where it broke."""
        while self.room.sections["room"]["phase"] != "over":
            try:
                seen = self.room.sections["room"], self.room.sections["texts"]
                self.step(self.room.viewer)
                if seen == (self.room.sections["room"], self.room.sections["texts"]):
                    self.room.hear()
            except OSError as cut:
                if cut.args[0] in FINAL:
                    raise
                self.room.come_back()
        return self.room.sections["outcome"]["scores"]


def main():
    """Takes the seat that the token is for, and tells what the game came to."""
    home, code = sys.argv[1:]
    room = Room(home, code, os.environ["TALKS_TOKEN"], proof="Authorization: Bearer {}")
    room.connect()
    room.hear()
    for score in Player(room).play():
        print(f"{score['seat']}  total {score['total']:+.2f}  gain {score['G']:+.2f}  trust {score['TR']:+.1f}")


if __name__ == "__main__":
    main()
