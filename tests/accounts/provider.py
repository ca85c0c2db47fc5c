"""An OpenID provider on 127.0.0.1, which can be told to lie in one way."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "portaal"
SECRET = "een-geheim-van-twee"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Signs in one person, `claims`; `lie` may change a token before it is signed, or how it is signed."""

    def __init__(self):
        self.key, self.stranger_s_key = new_key(), new_key()
        self.count = 0
        self.codes, self.claims, self.lie = {}, {"sub": "persoon-1"}, {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, None)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, {k: v[0] for k, v in parse_qs(body).items()})

            def log_message(self, *args):
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler, form):
        found = {
            "/.well-known/openid-configuration": self.configuration,
            "/keys": self.keys,
            "/token": lambda: self.token(form),
        }[urlsplit(handler.path).path]()
        handler.send_response(200 if found else 400)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

    def configuration(self):
        return {
            "issuer": self.lie.get("configured_issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "een", "alg": "RS256", "use": "sig"}]}

    def consent(self, address):
        """What happens in the browser at the provider; returns what it sends back to the portal."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        self.count += 1
        code = f"code-{self.count}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form):
        """A code works once, and only with the verifier of its challenge and the client's secret."""
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != challenge
            or form["client_secret"] != SECRET
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        } | self.claims
        claims |= self.lie.get("claims", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)}

    def sign(self, claims):
        how = self.lie.get("signature")
        headers = {"kid": "een"}
        if how == "none":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if how == "public key as secret":
            return self.sign_with_the_public_key(claims)
        if how == "other key":
            return jwt.encode(claims, self.stranger_s_key, algorithm="RS256", headers=headers)
        if how == "unknown kid":
            return jwt.encode(
                claims, self.stranger_s_key, algorithm="RS256", headers={"kid": "twee"}
            )
        token = jwt.encode(claims, self.key, algorithm="RS256", headers=headers)
        if how == "changed afterwards":
            head, _, tail = token.split(".")
            return f"{head}.{_part(claims | {'sub': 'iemand-anders'})}.{tail}"
        return token

    def sign_with_the_public_key(self, claims):
        """HS256, with what everyone can know as the secret; made by hand, for PyJWT refuses to."""
        secret = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'een'})}.{_part(claims)}"
        digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
