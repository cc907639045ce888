#!/usr/bin/env python3
"""A real SMTP server on loopback for tests/scripts/mail.sh: TLS, a password, and bad moods.

usage: mail_server.py PORT_FILE LETTERS_FOLDER CERTIFICATE KEY tls|starttls
Moods are files in the folder: refuse-now (451 to the next recipient, then gone), refuse (550 to
recipients named in it), slow (waits before it answers, so that the sender can be killed).
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

port_file, folder, certificate, key, mode = sys.argv[1:]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)


def mood(name):
    path = os.path.join(folder, name)
    return open(path).read().strip() if os.path.exists(path) else None


class Letters:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mood("refuse-now") is not None:
            os.remove(os.path.join(folder, "refuse-now"))
            return "451 not now"
        if mood("refuse") == address:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        # From the first byte on, TLS is the socket's own and the session knows nothing of it.
        if mode == "starttls" and session.ssl is None:
            return "550 without TLS"
        Letters.count += 1
        name = os.path.join(folder, f"{Letters.count:03}.eml")
        with open(name + ".part", "wb") as file:
            file.write(f"X-To: {envelope.rcpt_tos[0]}\r\n".encode() + envelope.content)
        os.rename(name + ".part", name)
        if mood("slow") is not None:
            await asyncio.sleep(30)
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"dealer", b"s3cret words")
    return AuthResult(success=good)


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="localhost", authenticator=check, auth_required=True,
                    auth_require_tls=mode == "starttls",
                    tls_context=context if mode == "starttls" else None,
                    require_starttls=mode == "starttls")


controller = Server(Letters(), hostname="127.0.0.1", port=0,
                    ssl_context=context if mode == "tls" else None)
# Its own check of itself does not know that the port was free to choose.
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
server = loop.run_until_complete(
    loop.create_server(controller._factory_invoker, host="127.0.0.1", port=0,
                       ssl=controller.ssl_context))
port = server.sockets[0].getsockname()[1]
# The same under an address that the certificate does not name.
loop.run_until_complete(
    loop.create_server(controller._factory_invoker, host="127.0.0.2", port=port,
                       ssl=controller.ssl_context))
with open(port_file + ".part", "w") as file:
    file.write(str(port))
os.rename(port_file + ".part", port_file)
loop.run_forever()
