"""An authority of the tests, and certificates of all kinds that it has signed."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Who is believed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Essais")])
        now = dt.datetime.now(dt.UTC)
        basic = x509.BasicConstraints(ca=True, path_length=None)
        usage = x509.KeyUsage(**dict.fromkeys(("digital_signature", "key_cert_sign", "crl_sign"), True), **dict.fromkeys(_UNUSED, False))
        made = self._builder(self._name, self._key.public_key(), now - dt.timedelta(days=900), now + dt.timedelta(days=900))
        made = made.add_extension(basic, critical=True).add_extension(usage, critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
        (folder / "autorite.pem").write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    @property
    def context(self) -> ssl.SSLContext:
        """That of a browser which believes it."""
        return ssl.create_default_context(cafile=str(self.folder / "autorite.pem"))

    def sign(self, name: str, begins: float, ends: float, address: str = "127.0.0.1") -> Path:
        """A certificate with its key, in one file.

        :param begins: in days from now.
        """
        key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
        made = self._builder(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key(), now + dt.timedelta(days=begins), now + dt.timedelta(days=ends)
        )
        made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        path = self.folder / f"{name}.pem"
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
        return path

    def _builder(self, name: x509.Name, key: ec.EllipticCurvePublicKey, begins: dt.datetime, ends: dt.datetime) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key).serial_number(x509.random_serial_number())
        return made.not_valid_before(begins).not_valid_after(ends)


_UNUSED = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
