"""A mail server for the tests: as much of SMTP as a sender needs, on a port of this machine."""

import socketserver
import threading
from contextlib import contextmanager


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 proef")
        mail = {}
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].upper()
            if word == "DATA":
                self._say("354 ga uw gang")
                mail["data"] = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                self.server.before_ok(mail)
                self.server.received.append(mail)
                mail = {}
                self._say("250 ok")
            elif word == "RCPT TO":
                mail["to"] = line.partition(":")[2].strip("<>")
                self._say(self.server.answers.get(mail["to"], "250 ok"))
            elif word == "QUIT":
                self._say("221 dag")
                return
            else:
                self._say("250 ok")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`received` holds what it took; `answers` what it says to an address; `before_ok` is called with each mail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Conversation)
        self.received, self.answers = [], {}
        self.before_ok = lambda mail: None

    @property
    def port(self):
        return self.server_address[1]


@contextmanager
def mail_server(port=0):
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
