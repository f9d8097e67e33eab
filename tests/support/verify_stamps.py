"""What others stamped of a log (docs/bundle-format.md, section 11), with the standard library alone.

Signatures by RSA (PKCS #1 v1.5) and by ECDSA over P-256, P-384 and P-521 are computed here. An answer with another
one, or in a form that is not DER, raises `Unchecked`: nothing is said of it.
"""

import datetime
import functools
import hashlib

LARGEST = 100_000
SIGNED_DATA = "1.2.840.113549.1.7.2"
STAMP_CONTENT = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
CERTIFICATE_USED = {"1.2.840.113549.1.9.16.2.47": "sha256", "1.2.840.113549.1.9.16.2.12": "sha1"}
EXTENDED_USAGE, TIME_STAMPING, KEY_NAME = "2.5.29.37", "1.3.6.1.5.5.7.3.8", "2.5.29.14"
DIGESTS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
DIGEST_OIDS = {name: oid for oid, name in DIGESTS.items()}
RSA, EC = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1"
RSA_SIGNATURES = {RSA} | {"1.2.840.113549.1.1.%d" % last for last in (5, 11, 12, 13)}
EC_SIGNATURES = {"1.2.840.10045.4.1"} | {"1.2.840.10045.4.3.%d" % last for last in (2, 3, 4)}
# Prime, coefficient b, base point, order (SEC 2, version 2); the other coefficient is -3 in all of them.
CURVES = {
    "1.2.840.10045.3.1.7": (
        0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    ),
    "1.3.132.0.34": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    ),
    "1.3.132.0.35": (
        2**521 - 1,
        0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
        0x00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66,
        0x011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650,
        0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
    ),
}


class Unchecked(Exception):
    """The answer may be good or not: it cannot be told here."""


class Wrong(Exception):
    pass


def need(condition):
    if not condition:
        raise Wrong


# --- DER ----------------------------------------------------------------------------------------------------


class Node:
    def __init__(self, data, at=0):
        need(at + 2 <= len(data))
        self.tag, length, start = data[at], data[at + 1], at + 2
        need(self.tag & 31 != 31)
        if length == 0x80:
            raise Unchecked
        if length > 0x80:
            count = length & 0x7F
            need(count <= 4 and start + count <= len(data))
            length, start = int.from_bytes(data[start : start + count], "big"), start + count
        self.end = start + length
        need(self.end <= len(data))
        self.content, self.raw = data[start : self.end], data[at : self.end]

    def children(self):
        need(self.tag & 0x20)
        return list(nodes(self.content))

    def only(self, tag):
        need(self.tag == tag)
        return self

    def oid(self):
        self.only(6)
        need(self.content and self.content[-1] < 128)
        numbers, value = [], 0
        for byte in self.content:
            value = value << 7 | byte & 127
            if byte < 128:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first] + numbers[1:]))

    def number(self):
        self.only(2)
        need(self.content)
        return int.from_bytes(self.content, "big", signed=True)

    def time(self):
        form = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}.get(self.tag)
        text = self.content.decode("ascii", "replace")
        if form and self.tag == 0x18 and "." in text:
            form = "%Y%m%d%H%M%S.%fZ"
        try:
            need(form)
            found = datetime.datetime.strptime(text, form)
        except ValueError:
            raise Wrong from None
        # RFC 5280: two digits from 50 on are of the century before.
        return found.replace(year=found.year - 100) if self.tag == 0x17 and found.year >= 2050 else found


def nodes(data):
    at = 0
    while at < len(data):
        node = Node(data, at)
        yield node
        at = node.end


def read_der(data):
    node = Node(data)
    need(node.end == len(data))
    return node


# --- certificates and signatures ------------------------------------------------------------------------------


class Certificate:
    def __init__(self, node):
        self.raw = node.only(0x30).raw
        fields = node.children()[0].only(0x30).children()
        fields = fields[1:] if fields[0].tag == 0xA0 else fields
        self.serial, self.issuer = fields[0].number(), fields[2].raw
        self.from_, self.until = [one.time() for one in fields[3].children()]
        self.key = fields[5].children()
        self.extensions = {}
        for node in fields[6:]:
            if node.tag == 0xA3:
                for one in node.children()[0].children():
                    name, *critical, value = one.children()
                    is_critical = bool(critical) and critical[0].content != b"\0"
                    self.extensions[name.oid()] = (is_critical, value.only(4).content)

    def is_named(self, name):
        if name.tag == 0x30:
            issuer, serial = name.children()
            return issuer.raw == self.issuer and serial.number() == self.serial
        return name.tag == 0x80 and name.content == hashlib.sha1(self.key[1].content[1:]).digest()

    def is_for_stamps(self):
        is_critical, value = self.extensions.get(EXTENDED_USAGE, (False, b""))
        return is_critical and [one.oid() for one in read_der(value).children()] == [TIME_STAMPING]


def digest_of(algorithm):
    name = DIGESTS.get(algorithm.only(0x30).children()[0].oid())
    if name is None:
        raise Unchecked
    return name


def is_signed(key, algorithm, digest_name, message, signature):
    kind, *parameters = key[0].children()
    kind = kind.oid()
    used = algorithm.only(0x30).children()[0].oid()
    if kind == RSA and used in RSA_SIGNATURES:
        return is_signed_rsa(key[1].only(3).content[1:], digest_name, message, signature)
    if kind == EC and used in EC_SIGNATURES and parameters and parameters[0].oid() in CURVES:
        curve = CURVES[parameters[0].oid()]
        return is_signed_ec(curve, key[1].only(3).content[1:], hashlib.new(digest_name, message).digest(), signature)
    raise Unchecked


def is_signed_rsa(key, digest_name, message, signature):
    """RFC 8017, section 8.2.2: what must have been signed is written anew."""
    modulus, exponent = [one.number() for one in read_der(key).only(0x30).children()]
    size = (modulus.bit_length() + 7) // 8
    oid = {"sha1": "06052b0e03021a", "sha256": "0609608648016503040201"}
    oid.update({"sha384": "0609608648016503040202", "sha512": "0609608648016503040203"})
    oid = bytes.fromhex(oid[digest_name])
    digest = hashlib.new(digest_name, message).digest()
    head = bytes([0x30, len(oid) + 2]) + oid + b"\x05\x00"
    info = head + bytes([4, len(digest)]) + digest
    info = bytes([0x30, len(info)]) + info
    expected = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
    number = int.from_bytes(signature, "big")
    if len(signature) != size or len(expected) != size or number >= modulus:
        return False
    return pow(number, exponent, modulus).to_bytes(size, "big") == expected


@functools.lru_cache(maxsize=10000)
def is_signed_ec(curve, key, digest, signature):
    """FIPS 186-5, section 6.4.2."""
    prime, b, x, y, order = curve
    size = (prime.bit_length() + 7) // 8
    need(len(key) == 2 * size + 1 and key[0] == 4)
    public = int.from_bytes(key[1 : size + 1], "big"), int.from_bytes(key[size + 1 :], "big")
    need(max(public) < prime and (public[1] ** 2 - public[0] ** 3 + 3 * public[0] - b) % prime == 0)
    r, s = [one.number() for one in read_der(signature).only(0x30).children()]
    if not (0 < r < order and 0 < s < order):
        return False
    number = int.from_bytes(digest, "big") >> max(0, len(digest) * 8 - order.bit_length())
    inverse = pow(s, -1, order)
    one, other = times(prime, number * inverse % order, (x, y)), times(prime, r * inverse % order, public)
    found = add(prime, one, other)
    return found is not None and found[0] % order == r


def add(prime, one, other):
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % prime == 0:
            return None
        slope = 3 * (one[0] ** 2 - 1) * pow(2 * one[1], -1, prime)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, prime)
    x = (slope * slope - one[0] - other[0]) % prime
    return x, (slope * (one[0] - x) - one[1]) % prime


def times(prime, number, point):
    result = None
    while number:
        if number & 1:
            result = add(prime, result, point)
        point = add(prime, point, point)
        number >>= 1
    return result


# --- time-stamp authorities: RFC 3161 ---------------------------------------------------------------------------


def check_answer(answer, stamped):
    """Raises `Wrong` where the answer does not say of these bytes when they existed at the latest."""
    need(len(answer) <= LARGEST)
    status, *token = read_der(answer).only(0x30).children()
    need(status.only(0x30).children()[0].number() in (0, 1) and token)
    kind, content = token[0].only(0x30).children()
    need(kind.oid() == SIGNED_DATA)
    fields = content.only(0xA0).children()[0].only(0x30).children()
    inner = fields[2].only(0x30).children()
    need(inner[0].oid() == STAMP_CONTENT)
    info = inner[1].only(0xA0).children()[0].only(4).content
    certificates = [Certificate(one) for node in fields[3:] if node.tag == 0xA0 for one in node.children() if one.tag == 0x30]
    signers = fields[-1].only(0x31).children()
    need(len(signers) == 1)
    at = check_info(info, stamped)
    certificate = check_signer(signers[0], info, certificates)
    need(certificate.is_for_stamps())
    need(certificate.from_ <= at <= certificate.until)


def check_info(info, stamped):
    version, _, imprint, _, at, *_ = read_der(info).only(0x30).children()
    algorithm, digest = imprint.only(0x30).children()
    need(version.number() == 1 and algorithm.children()[0].oid() == DIGEST_OIDS["sha256"])
    need(digest.only(4).content == hashlib.sha256(stamped).digest())
    return at.only(0x18).time()


def check_signer(signer, info, certificates):
    _, name, digest_algorithm, attributes, algorithm, signature, *_ = signer.only(0x30).children()
    own = [one for one in certificates if one.is_named(name)]
    need(own)
    digest_name = digest_of(digest_algorithm)
    stated = {}
    for one in attributes.only(0xA0).children():
        oid, values = one.only(0x30).children()
        stated.setdefault(oid.oid(), values.only(0x31).children()[0])
    need(CONTENT_TYPE in stated and stated[CONTENT_TYPE].oid() == STAMP_CONTENT)
    need(MESSAGE_DIGEST in stated)
    need(stated[MESSAGE_DIGEST].only(4).content == hashlib.new(digest_name, info).digest())
    message = b"\x31" + attributes.raw[1:]
    need(is_signed_for(own[0], stated))
    need(is_signed(own[0].key, algorithm, digest_name, message, signature.only(4).content))
    return own[0]


def is_signed_for(certificate, stated):
    """RFC 5816, or RFC 2634 with SHA-1: the first of these attributes binds the signature to one certificate."""
    for oid, value in stated.items():
        if oid in CERTIFICATE_USED:
            first = value.children()[0].children()[0].children()
            digest = hashlib.new(CERTIFICATE_USED[oid], certificate.raw).digest()
            return first[0].tag == 4 and first[0].content == digest
    return False


# --- OpenTimestamps --------------------------------------------------------------------------------------------

MAGIC = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108")
BITCOIN, PENDING = bytes.fromhex("0588960d73d71901"), bytes.fromhex("83dfe30d2ef90c8e")


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        need(self.at + count <= len(self.data))
        self.at += count
        return self.data[self.at - count : self.at]

    def byte(self):
        return self.take(1)[0]

    def number(self):
        value = 0
        for shift in range(0, 49, 7):
            byte = self.byte()
            value += (byte & 127) << shift
            if byte < 128:
                return value
        raise Wrong

    def text(self):
        return self.take(self.number())


def check_path(proof, stamped):
    """Raises `Wrong` where a detached proof is not about these bytes, or is damaged. No path proves a time alone."""
    need(len(proof) <= LARGEST and proof[:33] == MAGIC and len(proof) > 65)
    reader = Reader(proof)
    digest = reader.take(65)[33:]
    need(digest == hashlib.sha256(stamped).digest())
    walk(reader, digest, 0)
    need(reader.at == len(proof))


def walk(reader, message, depth):
    need(depth <= 256 and len(message) <= 4096)
    step = reader.byte()
    while step == 0xFF:
        follow(reader, reader.byte(), message, depth)
        step = reader.byte()
    follow(reader, step, message, depth)


def follow(reader, step, message, depth):
    if step == 0:
        check_end(reader, message)
    else:
        walk(reader, apply(reader, step, message), depth + 1)


def apply(reader, step, message):
    if step == 0xF0:
        return message + reader.text()
    if step == 0xF1:
        return reader.text() + message
    if step == 0xF2:
        return message[::-1]
    if step == 0xF3:
        return message.hex().encode()
    names = {2: "sha1", 3: "ripemd160", 8: "sha256"}
    need(step in names)
    try:
        return hashlib.new(names[step], message).digest()
    except ValueError:
        # Some builds of OpenSSL have no RIPEMD-160.
        raise Unchecked from None


def check_end(reader, message):
    tag, payload = reader.take(8), Reader(reader.text())
    if tag == BITCOIN:
        need(len(message) == 32)
        payload.number()
    if tag == PENDING:
        try:
            payload.text().decode("utf-8")
        except UnicodeDecodeError:
            raise Wrong from None
