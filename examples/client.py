"""A player of its own, written from docs/protocol.md with the standard library alone.

python examples/client.py http://127.0.0.1:8000/ ABCDEFGH KR Ann

It takes the seat, says good morning, votes yes on every text, orders nothing beyond its promises, and tells the scores.
Behind the class `Room` any other player can be put: change `play`.
"""

import base64
import json
import os
import secrets
import socket
import ssl
import struct
import sys
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

FINAL = (4001, 4009)
"""Closes after which nobody comes back: the place is gone, or there are too many sockets."""


def take_seat(home, code, seat, name):
    """Joins by HTTP, as the form does, and returns the token of the seat, which is a cookie of the room's path."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"{home}r/{code}/join/"
    browser.open(address).close()
    csrf = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = urllib.parse.urlencode({"name": name, "seat": seat, "csrfmiddlewaretoken": csrf}).encode()
    browser.open(urllib.request.Request(address, form, {"Origin": home.rstrip("/")})).close()
    return next(cookie.value for cookie in jar if cookie.name == "seat" and cookie.path == f"/r/{code}/")


class Room:
    """The room as the seat sees it: `sections` and `entries`, kept up to date by `hear`."""

    def __init__(self, home, code, token, proof="Cookie: seat={}"):
        """A program that was given its token says so: `proof` is "Authorization: Bearer {}"."""
        self.home, self.path, self.proof = urllib.parse.urlsplit(home), f"/r/{code}/ws/", proof.format(token)
        self.sections, self.entries, self.epoch, self.n, self.viewer = {}, {}, None, 0, None

    def connect(self):
        """Opens the socket and says from where on we lack something."""
        host, secure = self.home.netloc, self.home.scheme == "https"
        link = socket.create_connection((self.home.hostname, self.home.port or (443 if secure else 80)), timeout=60)
        self.link = (
            ssl.create_default_context().wrap_socket(link, server_hostname=self.home.hostname) if secure else link
        )
        self.file = self.link.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {self.home.scheme}://{host}\r\n{self.proof}\r\n"
        upgrade = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
        self.link.sendall((head + upgrade).encode())
        if b" 101 " not in self.file.readline():
            raise ConnectionError("the server takes no socket here")
        while self.file.readline().strip():
            pass
        self.send({"type": "hello", "protocol": 1, "epoch": self.epoch, "last": self.n})

    def send(self, message, opcode=1):
        data = message if opcode != 1 else json.dumps(message).encode()
        mask, size = os.urandom(4), len(data)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + struct.pack(">H", size)
        self.link.sendall(bytes([0x80 | opcode]) + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def frame(self):
        """Returns the next message. Raises ConnectionError when the socket has ended, with the code of the close."""
        text = b""
        while True:
            head = self.file.read(2)
            if len(head) < 2:
                raise ConnectionError("cut")
            size = head[1] & 127
            if size > 125:
                size = int.from_bytes(self.file.read(2 if size == 126 else 8), "big")
            data, opcode = self.file.read(size), head[0] & 15
            if opcode == 8:
                raise ConnectionError(int.from_bytes(data[:2], "big"))
            if opcode == 9:
                self.send(data, opcode=10)
            elif opcode < 3:
                text += data
                if head[0] & 128:
                    return json.loads(text)

    def hear(self):
        """Takes in one message, says that it was drawn, and returns it."""
        message = self.frame()
        if message["type"] in ("welcome", "update"):
            if message["type"] == "welcome":
                self.entries, self.viewer = {}, message["viewer"]
            self.sections.update(message["sections"])
            self.entries.update((entry["n"], entry["event"]) for entry in message["entries"])
            self.epoch, self.n = message["epoch"], message["n"]
            self.send({"type": "ack", "n": self.n})
        elif message["type"] == "beat":
            self.send({"type": "beat", "n": message["n"], "digests": message["digests"]})
        return message

    def act(self, decision, **more):
        """Acts and returns the answer. The id makes it harmless to send the same act again after a cut."""
        act = {"type": "act", "id": secrets.token_urlsafe(16), "epoch": self.epoch, "decision": decision, **more}
        while True:
            try:
                self.send(act)
                while (message := self.hear()).get("id") != act["id"]:
                    pass
            except OSError as cut:
                if cut.args[0] in FINAL:
                    raise
                self.come_back()
            else:
                if message["ok"] or message["refusal"]["code"] not in ("busy", "storage_full", "fault", "too_fast"):
                    return message
                time.sleep(message["refusal"].get("params", {}).get("seconds", 1))

    def come_back(self):
        """Connects again until the server is there; not to a room that we no longer belong to."""
        while True:
            try:
                self.connect()
            except OSError:
                time.sleep(1)
            else:
                return


def play(room, seat):
    """Plays to the end and returns the scores."""
    greeted, done, voted = False, None, set()
    while (now := room.sections["room"])["phase"] != "over":
        if now["phase"] == "talk" and not greeted:
            greeted = room.act({"type": "say", "text": f"Good morning from {seat}."})["ok"]
        for text in room.sections["texts"]["texts"]:
            if (
                now["phase"] == "vote"
                and text["status"] == "open"
                and seat in text["voters"]
                and (text["id"], text["version"]) not in voted
            ):
                room.act({"type": "vote", "text": text["id"], "choice": "yes"}, expect=text["version"])
                voted.add((text["id"], text["version"]))
        if (room.epoch, now["phase_no"]) != done and now["phase"] != "lobby":
            done = room.epoch, now["phase_no"]
            order = {"type": "order", "order": {}}
            room.act(order if now["phase"] == "orders" else {"type": "ready"})
        elif room.sections["room"] is now:
            try:
                room.hear()
            except ConnectionError as cut:
                if cut.args[0] in FINAL:
                    raise
                room.come_back()
    return room.sections["outcome"]["scores"]


if __name__ == "__main__":
    home, code, seat, name = sys.argv[1:]
    room = Room(home, code, take_seat(home, code, seat, name))
    room.connect()
    room.hear()
    for score in play(room, seat):
        print(f"{score['seat']}  total {score['total']:+.2f}  gain {score['G']:+.2f}  trust {score['TR']:+.1f}")
