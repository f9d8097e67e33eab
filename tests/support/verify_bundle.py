"""A second verifier of bundles, written from docs/bundle-format.md alone, with the standard library alone.

Use: verify_bundle.py [--whole WHOLE] FILE...   prints a JSON array, one object a file:
{"exit": 0 | 1 | 2, "failed": [[statement, subject], ...]}
With --whole it compares redacted copies with their wholes (section 13). "unchecked" lists the time stamps whose
signatures need more than the standard library, "absent" the pictures that are not compared; each only where there
are any. The tables of fields are read from the document itself.
"""

import base64
import binascii
import datetime
import email.utils
import functools
import hashlib
import json
import os
import re
import struct
import sys
import zlib

sys.dont_write_bytecode = True

import verify_copies
import verify_stamps

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "bundle-format.md")
WHITE = "\t\n\x0b\x0c\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I | re.S)
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]{0,159})")
INFO = re.compile(
    r"Bundle-Version: 1\nBag-Software-Agent: ([^\n]{1,100})\nBagging-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    r"Payload-Oxum: (0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,5})\n"
)
ITEM_FILE = re.compile(r"data/items/([0-9a-f]{32})/([^/]+)")
SUBMISSION = re.compile(r"data/report/[a-z0-9][a-z0-9-]{0,59}/submission\.(txt|json)")
TAGS = ["bagit.txt", "README.txt", "bag-info.txt", "manifest-sha256.txt"]
ROOT = TAGS + ["tagmanifest-sha256.txt"]
PROOFS = ["proof/identity.json", "proof/checkpoint", "proof/custody.jsonl", "proof/statement.dsse.json"]
SIGNED = ["README.txt", "bag-info.txt"] + PROOFS[:3]
CAPTURE = re.compile(r"proof/items/([0-9a-f]{32})\.tlog-proof")
ANCHOR = re.compile(r"proof/anchors/([1-9][0-9]?)(?:\.(checkpoint|consistency)|-([1-9][0-9]?)\.(?:tsr|ots))")
WHOLE = ("item.json", "salt.txt", "assessment.json")
COPY = "redacted.json"
RESERVED = WHOLE + (COPY,)
ATTACHMENT = re.compile(r"data/report/([a-z0-9][a-z0-9-]{0,59})/attachments/([1-9][0-9]{0,3})\.(jpg|png|webp|gif)")
ARCHIVE = re.compile(r"data/wacz/case-([1-9][0-9]{0,2})\.wacz")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
EARLIER = re.compile(
    r"(data/earlier/([1-9][0-9]{0,2})/)(identity\.json|checkpoint|custody\.jsonl|items/([0-9a-f]{32})\.tlog-proof"
    r"|anchors/(?:[1-9][0-9]?\.(?:checkpoint|consistency)|[1-9][0-9]?-[1-9][0-9]?\.(?:tsr|ots)))"
)
SAFE = 2**53 - 1
LARGEST = 4294967294
ABSENT = ", may be absent"


class NoBundle(Exception):
    pass


class Broken(Exception):
    pass


def need(condition, error=NoBundle):
    if not condition:
        raise error


# --- section 1: the container -------------------------------------------------------------------------------


def name_of(raw):
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NoBundle from None
    need(NAME.fullmatch(name) and len(raw) <= 160)
    for part in name.split("/"):
        need(not part.endswith(".") and not DEVICE.fullmatch(part))
    return name


def read_container(data):
    need(22 <= len(data) <= LARGEST and data[:4] == b"PK\x03\x04")
    signature, disk, first, here, count, size, offset, comment = struct.unpack("<4sHHHHIIH", data[-22:])
    need(signature == b"PK\x05\x06" and comment == 0 and disk == first == 0 and here == count)
    need(count <= 10000 and offset + size == len(data) - 22 and data[-42:-38] != b"PK\x06\x07")
    entries, at = [], offset
    for _ in range(count):
        entry, at = read_entry(data, at, offset)
        entries.append(entry)
    need(at == len(data) - 22)
    need(len({entry["name"].lower() for entry in entries}) == len(entries))
    end = 0
    for entry in sorted(entries, key=lambda entry: entry["offset"]):
        need(entry["offset"] >= end)
        end = entry["end"]
    return entries, offset


def read_entry(data, at, directory):
    need(at + 46 <= len(data) - 22)
    fields = struct.unpack("<4sHHHHHHIIIHHHHHII", data[at : at + 46])
    signature, made, _, flags, method, _, _, crc, packed, size = fields[:10]
    name_size, extra, comment, disk, _, attributes, offset = fields[10:]
    need(signature == b"PK\x01\x02" and flags in (0, 0x0800) and method == 0 and packed == size)
    need(extra == comment == disk == 0 and at + 46 + name_size <= len(data) - 22)
    need((attributes >> 28) in (0, 8) and not (made >> 8 == 0 and attributes & 0x18))
    raw = data[at + 46 : at + 46 + name_size]
    start = offset + 30 + name_size
    need(start + size <= directory and 0xFFFFFFFF not in (size, offset))
    local = struct.unpack("<4sHHHHHIIIHH", data[offset : offset + 30])
    need(local[0] == b"PK\x03\x04" and (local[2], local[3]) == (flags, method))
    need(local[6:] == (crc, size, size, name_size, 0) and data[offset + 30 : start] == raw)
    content = data[start : start + size]
    entry = {"name": name_of(raw), "offset": offset, "end": start + size, "crc": crc, "content": content}
    return entry, at + 46 + name_size


def shared(entry):
    name = entry["name"].encode()
    size = len(entry["content"])
    return struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 0x21, entry["crc"], size, size, len(name), 0), name


def check_container(data, entries, directory, failed):
    offset = 0
    for entry in entries:
        if zlib.crc32(entry["content"]) != entry["crc"]:
            failed.append(("container-canonical", entry["name"]))
        head, name = shared(entry)
        expected = b"PK\x03\x04" + head + name
        if entry["offset"] != offset or data[offset : offset + len(expected)] != expected:
            failed.append(("container-canonical", entry["name"]))
        offset += len(expected) + len(entry["content"])
    if offset != directory:
        failed.append(("container-canonical", None))
    again = b""
    for entry in entries:
        head, name = shared(entry)
        line = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, entry["offset"]) + name
        at = directory + len(again)
        if data[at : at + len(line)] != line:
            failed.append(("container-canonical", entry["name"]))
            return
        again += line
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(again), directory, 0)
    if data[directory + len(again) :] != end:
        failed.append(("container-canonical", None))


# --- section 4: JSON ----------------------------------------------------------------------------------------


def is_modest(data):
    depth = signs = 0
    for sign in re.sub(rb'"(?:[^"\\]|\\.)*(?:"|$)', b"", data, flags=re.S):
        depth += (sign in b"{[") - (sign in b"}]")
        signs += sign in b"{[,:"
        if depth > 16 or signs > 300000:
            return False
    return True


def refuse(_):
    raise ValueError


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE:
        raise ValueError
    return json.dumps(value, ensure_ascii=False)


def read_json(files, path):
    need(path in files, Broken)
    data = files[path]
    need(len(data) <= 8388608 and is_modest(data), Broken)
    try:
        value = json.loads(data.decode("utf-8"), parse_float=refuse, parse_constant=refuse)
        need(canonical(value).encode("utf-8") == data, Broken)
    except ValueError:
        raise Broken from None
    return value


def units(text):
    return len(text.encode("utf-16-le")) // 2


TABLES = {}
with open(DOCUMENT, encoding="utf-8") as document:
    for table, lines in re.findall(r"```fields (\S+)\n(.*?)\n```", document.read(), re.S):
        TABLES[table] = dict(line.split(": ", 1) for line in lines.split("\n"))


def fits_text(kind, value):
    word, _, rest = kind.partition(" ")
    if not isinstance(value, str):
        return False
    if word == "text":
        return units(value) <= int(rest)
    if word == "address":
        inner = value.split("://", 1)[1] if value.startswith(("http://", "https://")) else ""
        return inner != "" and units(value) <= 8000 and not any(sign in WHITE for sign in value)
    if word == "one":
        return value in rest.split(" ")[1:]
    patterns = {
        "id": "[0-9a-f]{32}",
        "digest": "[0-9a-f]{64}",
        "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
        "platform": "[a-z][a-z0-9-]{0,31}",
    }
    return re.fullmatch(patterns.get(word, rest), value, re.ASCII) is not None


def fits(table, path, value):
    kind = table[path].removesuffix(ABSENT)
    if kind.endswith(", or null"):
        if value is None:
            return True
        kind = kind[: -len(", or null")]
    word, _, rest = kind.partition(" ")
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if word in ("whole", "count", "positive"):
        return is_number and value >= {"whole": -SAFE, "count": 0, "positive": 1}[word]
    if word == "always":
        return is_number and value == int(rest)
    if word == "yes":
        return isinstance(value, bool)
    if word == "list":
        most = int(rest or SAFE)
        return isinstance(value, list) and len(value) <= most and all(fits(table, path + "[]", one) for one in value)
    if word == "map":
        return isinstance(value, dict) and all(
            units(key) <= int(rest) and fits(table, path + "{}", one) for key, one in value.items()
        )
    if word == "record":
        return fits_record(table, path + ".", value)
    if word == "reading":
        return fits_record(TABLES["reading"], "", value)
    if word == "facts":
        return fits_record(TABLES["item.json"], "", value)
    return fits_text(kind, value)


def fits_record(table, prefix, value):
    names = {path[len(prefix) :] for path in table if path.startswith(prefix)}
    names = {name for name in names if not re.search(r"[.\[{]", name)}
    needed = {name for name in names if not table[prefix + name].endswith(ABSENT)}
    return isinstance(value, dict) and needed <= set(value) <= names and all(
        fits(table, prefix + name, value[name]) for name in value
    )


def read_table(files, path, table):
    value = read_json(files, path)
    need(fits_record(TABLES[table], "", value), Broken)
    return value


# --- sections 2, 3 and 5: the bag and the statements ---------------------------------------------------------


def read_list(files, name):
    need(name in files and len(files[name]) <= 4 * 1024 * 1024, Broken)
    try:
        text = files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise Broken from None
    need(text.endswith("\n"), Broken)
    found = [LINE.fullmatch(line) for line in text[:-1].split("\n")]
    need(all(found), Broken)
    return [match.groups() for match in found]


def check_list(files, statement, name, expected, failed):
    try:
        lines = read_list(files, name)
    except Broken:
        failed.append((statement, name))
        return None
    count = len(failed)
    listed = [path for _, path in lines]
    failed.extend((statement, path) for i, path in enumerate(listed) if path in listed[:i] or path not in expected)
    failed.extend((statement, path) for path in expected if path not in listed)
    if len(failed) == count and listed != expected:
        failed.append((statement, name))
    return lines


def check_digests(files, statement, lines, failed):
    for digest, path in lines:
        if path in files and hashlib.sha256(files[path]).hexdigest() != digest:
            failed.append((statement, path))


def read_info(files):
    try:
        return INFO.fullmatch(files.get("bag-info.txt", b"")[:65536].decode("utf-8"))
    except UnicodeDecodeError:
        return None


def check_bag(files, failed):
    payload = [name for name in files if name.startswith("data/")]
    if files.get("bagit.txt") != BAGIT:
        failed.append(("bag-complete", "bagit.txt"))
    info = read_info(files)
    oxum = (str(sum(len(files[name]) for name in payload)), str(len(payload)))
    if not info or info.groups()[2:] != oxum:
        failed.append(("bag-complete", "bag-info.txt"))
    if "README.txt" not in files:
        failed.append(("bag-complete", "README.txt"))
    for name in files:
        is_fixed = name in ROOT or name in PROOFS or name in ("data/case.json", "data/report/report.html")
        is_fixed = is_fixed or CAPTURE.fullmatch(name) or ANCHOR.fullmatch(name) or ARCHIVE.fullmatch(name)
        is_fixed = is_fixed or EARLIER.fullmatch(name)
        is_fixed = is_fixed or ATTACHMENT.fullmatch(name)
        if not is_fixed and not ITEM_FILE.fullmatch(name) and not SUBMISSION.fullmatch(name):
            failed.append(("bag-complete", name))
    lines = check_list(files, "bag-complete", "manifest-sha256.txt", payload, failed)
    if lines is None:
        failed.append(("files-intact", "manifest-sha256.txt"))
    check_digests(files, "files-intact", lines or [], failed)
    listed = TAGS + [name for name in files if name.startswith("proof/")]
    tags = check_list(files, "tags-intact", "tagmanifest-sha256.txt", listed, failed)
    check_digests(files, "tags-intact", tags or [], failed)


def check_case(files, folders, failed):
    try:
        case = read_table(files, "data/case.json", "case.json")
    except Broken:
        failed.append(("case-consistent", "data/case.json"))
        return None
    if case["itemIds"] != list(folders):
        failed.append(("case-consistent", "data/case.json"))
    info = read_info(files)
    agent = case["tool"]["name"] + " " + case["tool"]["version"]
    if info and info.groups()[:2] != (agent, case["madeAt"][:10]):
        failed.append(("case-consistent", "bag-info.txt"))
    return case


def check_item(files, folder, names, failed):
    base = "data/items/" + folder + "/"
    wrong = lambda name: failed.append(("item-well-formed", base + name))
    item = None
    try:
        item = read_table(files, base + "item.json", "item.json")
        if item["id"] != folder:
            wrong("item.json")
    except Broken:
        wrong("item.json")
    if not re.fullmatch(rb"[0-9a-f]{64}\n", files.get(base + "salt.txt", b"")):
        wrong("salt.txt")
    if base + "assessment.json" in files:
        try:
            assessment = read_table(files, base + "assessment.json", "assessment.json")
            need(assessment["itemId"] == folder, Broken)
        except Broken:
            wrong("assessment.json")
    if item is None:
        return None
    check_parts(files, base, names, item["parts"], WHOLE, wrong)
    return item


def check_parts(files, base, names, parts, own, wrong):
    listed = []
    for part in parts:
        content = files.get(base + part["name"])
        is_right = content is not None and len(content) == part["bytes"]
        is_right = is_right and hashlib.sha256(content).hexdigest() == part["sha256"]
        if part["name"] in RESERVED or part["name"] in listed or not is_right:
            wrong(part["name"])
        listed.append(part["name"])
    for name in names:
        if name not in own and name not in listed:
            wrong(name)


def is_copy(names):
    return COPY in names and "item.json" not in names


def is_cover_true(copy):
    parts = {part["name"]: part for part in copy["item"]["parts"]}
    named = [picture["name"] for picture in copy["covered"]["pictures"]]
    if len(named) != len(set(named)) or set(named) != set(parts):
        return False
    for picture in copy["covered"]["pictures"]:
        part = parts[picture["name"]]
        width, height = part["width"] or 0, part["height"] or 0
        for area in picture["areas"]:
            if area["x"] + area["width"] > width or area["y"] + area["height"] > height:
                return False
            if max(area.values()) > 100000:
                return False
        if part["mediaType"] != "image/png":
            return False
    left = copy["leftOut"]
    return len(left) == len(set(left)) and not set(left) & set(parts)


def check_copy(files, folder, names, failed):
    base = "data/items/" + folder + "/"
    wrong = lambda name: failed.append(("redacted-well-formed", base + name))
    try:
        copy = read_table(files, base + COPY, COPY)
    except Broken:
        wrong(COPY)
        return None, ""
    if copy["item"]["id"] != folder or not is_cover_true(copy):
        wrong(COPY)
    check_parts(files, base, names, copy["item"]["parts"], (COPY,), wrong)
    return copy["item"], copy["of"]


def moment(text):
    try:
        found = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        raise Broken from None
    need(found.year >= 1970, Broken)
    return found.replace(tzinfo=datetime.timezone.utc)


def http_date(text):
    try:
        found = email.utils.parsedate_to_datetime(text)
        need(email.utils.format_datetime(found, usegmt=True) == text, Broken)
    except (ValueError, TypeError):
        raise Broken from None
    return found


def check_time(item, folder, case, failed):
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
    seconds.update({"millisecond": 0, "month": 31 * 86400, "year": 366 * 86400, None: 0})
    slack = datetime.timedelta(minutes=5)
    posted = item["post"]["posted"]
    claimed = posted["iso"] if posted["iso"] is not None else posted["from"]
    try:
        captured = moment(item["captured"]["utc"])
        made = moment(case["madeAt"]) if case else captured
        platform = captured
        if item["captured"]["platformDate"] is not None:
            platform = http_date(item["captured"]["platformDate"])
        earliest = captured
        if claimed is not None:
            earliest = moment(claimed) - datetime.timedelta(seconds=seconds[posted["precision"]])
        need(earliest <= captured + slack and captured <= made + slack, Broken)
        need(abs(platform - captured) <= slack, Broken)
    except Broken:
        failed.append(("capture-time", "data/items/" + folder))


def check_report(files, case, failed):
    known = ["data/report/report.html"]
    if case:
        base = "data/report/" + case["report"]["channelId"] + "/submission."
        known += [base + "txt", base + "json"]
        pictures = [(name, ATTACHMENT.fullmatch(name)) for name in files]
        known += [name for name, found in pictures if found and found[1] == case["report"]["channelId"]]
        try:
            read_json(files, base + "json")
        except Broken:
            failed.append(("report-present", base + "json"))
        others = [name for name in files if name.startswith("data/report/") and name not in known]
        failed.extend(("report-present", name) for name in others)
    failed.extend(("report-present", name) for name in known[:2] if name not in files)


def check_order(files, folders, items, case, failed):
    if not case or None in items.values():
        return
    order = TAGS[:2]
    for folder, names in folders.items():
        parts = [part["name"] for part in items[folder]["parts"]]
        last = ["assessment.json"] if "assessment.json" in names else []
        own = [COPY] + parts if is_copy(names) else ["item.json", "salt.txt"] + parts + last
        order += ["data/items/%s/%s" % (items[folder]["id"], name) for name in own]
    base = "data/report/" + case["report"]["channelId"] + "/submission."
    pictures = [name for name in files if ATTACHMENT.fullmatch(name)]
    order += ["data/case.json", "data/report/report.html"]
    order += sorted(pictures, key=lambda name: int(ATTACHMENT.fullmatch(name)[2]))
    order += [base + "txt", base + "json"]
    order += sorted((name for name in files if ARCHIVE.fullmatch(name)), key=lambda name: int(ARCHIVE.fullmatch(name)[1]))
    order += earlier_files(files, folders)
    order += TAGS[2:]
    if any(name.startswith("proof/") for name in files):
        order += PROOFS[:2] + ["proof/items/%s.tlog-proof" % folder for folder in folders]
        order += PROOFS[2:3] + anchor_files(files) + PROOFS[3:]
    order += ROOT[4:]
    if set(order) == set(files) and len(order) == len(files):
        wrong = [name for name, expected in zip(files, order) if name != expected]
        failed.extend(("container-canonical", name) for name in wrong[:1])


def earlier_folders(files):
    found = {(int(match[2]), match[1]) for match in map(EARLIER.fullmatch, files) if match}
    return [folder for _, folder in sorted(found)]


def earlier_files(files, folders):
    """The files of section 12 in their order."""
    within = ["identity.json", "checkpoint"] + ["items/%s.tlog-proof" % folder for folder in folders] + ["custody.jsonl"]
    paths = []
    for base in earlier_folders(files):
        inside = ["proof/" + name[len(base) :] for name in files if name.startswith(base)]
        own = within + [name[len("proof/") :] for name in anchor_files(inside)]
        paths += [base + name for name in own]
    return [path for path in paths if path in files]


def anchor_files(files):
    """The files of section 11 in their order: each anchor's checkpoint, its consistency, its answers."""
    found = []
    for name in files:
        match = ANCHOR.fullmatch(name)
        if match:
            number, part, answer = match.groups()
            rank = ["checkpoint", "consistency"].index(part) - 2 if part else int(answer)
            found.append((int(number), rank, name))
    return [name for _, _, name in sorted(found)]


# --- section 9: signature and log ----------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add_points(one, other):
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    result = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = add_points(result, point)
        point = add_points(point, point)
        number >>= 1
    return result


def point_of(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=10000)
def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    # Eight times a point of small order is the neutral one: with it, one signature fits any message.
    if any(times(8, point)[0] % P == 0 for point in (public, commitment)):
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left = times(scalar, BASE)
    right = add_points(commitment, times(int.from_bytes(digest, "little") % ORDER, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def from_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Broken from None
    need(base64.b64encode(data).decode() == text, Broken)
    return data


def text_of(files, name):
    need(name in files and len(files[name]) <= 131072, Broken)
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise Broken from None


def included(leaf, index, size, proof, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    node, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = hashlib.sha256(b"\x01" + sibling + value).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\x01" + value + sibling).digest()
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def consistent(first, second, proof):
    """RFC 9162, section 2.1.4.2."""
    (size, root), (last_size, last_root) = first, second
    if size > last_size:
        return False
    if size == last_size:
        return not proof and root == last_root
    if size == 0:
        return not proof and root == hashlib.sha256().digest()
    proof = [root] + proof if size & (size - 1) == 0 else proof
    if not proof:
        return False
    node, last = size - 1, last_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before = hashlib.sha256(b"\x01" + sibling + before).digest()
            after = hashlib.sha256(b"\x01" + sibling + after).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = hashlib.sha256(b"\x01" + after + sibling).digest()
        node, last = node >> 1, last >> 1
    return last == 0 and before == root and after == last_root


def leaf_of(salt, data):
    return hashlib.sha256(b"\x00" + hashlib.sha256(salt + data).digest()).digest()


def read_identity(files):
    identity = read_table(files, PROOFS[0], "identity.json")
    keys = identity["keys"]
    need(keys and keys[0]["signature"] is None, Broken)
    first = bytes.fromhex(keys[0]["publicKey"])
    need(identity["origin"][-32:] == hashlib.sha256(first).hexdigest()[:32], Broken)
    for before, key in zip(keys, keys[1:]):
        lines = ["witnessmark.invalid/next-key/v1", identity["origin"], before["publicKey"], key["publicKey"]]
        message = "".join(line + "\n" for line in lines).encode()
        signature = bytes.fromhex(key["signature"] or "")
        need(is_signed(bytes.fromhex(before["publicKey"]), message, signature), Broken)
    return identity


def check_statement(files, key, failed):
    envelope = read_table(files, PROOFS[3], "statement.dsse.json")
    need(len(envelope["signatures"]) == 1, Broken)
    kind, body = envelope["payloadType"].encode(), from_base64(envelope["payload"])
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)
    signature = envelope["signatures"][0]
    need(signature["keyid"] == base64.b64encode(key).decode(), Broken)
    need(is_signed(key, message, from_base64(signature["sig"])), Broken)
    statement = json.loads(body.decode("utf-8"))
    named = statement["subject"] + statement["predicate"]["files"]
    need([one["name"] for one in named] == ["manifest-sha256.txt"] + SIGNED, Broken)
    for one in named:
        if hashlib.sha256(files.get(one["name"], b"")).hexdigest() != one["digest"]["sha256"]:
            failed.append(("signed-by", one["name"]))


def read_checkpoint(note, key, origin):
    need("\n\n" in note and note.endswith("\n") and units(note) <= 100000, Broken)
    text, _, rest = note.rpartition("\n\n")
    text += "\n"
    need(not re.search(r"[\x00-\x09\x0b-\x1f]", text), Broken)
    lines = rest[:-1].split("\n")
    need(len(lines) <= 64, Broken)
    name = text.split("\n")[0]
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    good = False
    for line in lines:
        found = re.fullmatch(r"— ([^\s+\ufeff]+) ([A-Za-z0-9+/]+={0,2})", line)
        need(found, Broken)
        data = from_base64(found.group(2))
        need(len(data) > 4, Broken)
        if found.group(1) == name and data[:4] == key_id:
            need(is_signed(key, text.encode(), data[4:]), Broken)
            good = True
    head = re.fullmatch(r"([^\n]{1,200})\n(0|[1-9][0-9]{0,15})\n([^\n]{44})\n", text)
    need(good and head and head.group(1) == origin and int(head.group(2)) <= SAFE, Broken)
    root = from_base64(head.group(3))
    need(len(root) == 32, Broken)
    return int(head.group(2)), root


def check_capture(files, folder, of, note, head, taken, failed):
    claim = "logged" if of is None else "redacted-tied"
    path = "proof/items/%s.tlog-proof" % folder
    try:
        text = text_of(files, path)
        top, _, checkpoint = text.partition("\n\n")
        first, index, *hashes = top.split("\n") + [""]
        hashes = hashes[:-1]
        found = re.fullmatch("index (0|[1-9][0-9]{0,15})", index)
        need(first == "c2sp.org/tlog-proof@v1" and found and int(found.group(1)) <= SAFE, Broken)
        need("\n\n" in text and len(hashes) <= 64, Broken)
        proof = [from_base64(one) for one in hashes]
        need(all(len(one) == 32 for one in proof) and checkpoint == note, Broken)
        if head is None:
            failed.append((claim, PROOFS[1]))
            return
        leaf = leaf_of_copy(of) if of is not None else leaf_of_whole(files, folder)
        need(included(leaf, int(found.group(1)), head[0], proof, head[1]), Broken)
        need(int(found.group(1)) not in taken, Broken)
        taken.add(int(found.group(1)))
    except Broken:
        failed.append((claim, path))


def leaf_of_copy(of):
    need(of != "", Broken)
    return hashlib.sha256(b"\x00" + bytes.fromhex(of)).digest()


def leaf_of_whole(files, folder):
    salt = files.get("data/items/%s/salt.txt" % folder, b"")
    need(re.fullmatch(rb"[0-9a-f]{64}\n", salt), Broken)
    facts = files.get("data/items/%s/item.json" % folder)
    need(facts is not None and len(facts) <= 8388608, Broken)
    return leaf_of(bytes.fromhex(salt.decode().strip()), facts)


def read_line(data):
    return read_table({"line": data}, "line", "custody.jsonl")


def check_excerpt(files, folders, identity, head, failed):
    try:
        data = files.get(PROOFS[2])
        need(data is not None and len(data) <= 16777216 and head and identity, Broken)
        need(data == b"" or data.endswith(b"\n"), Broken)
        lines = [read_line(line) for line in data.split(b"\n")[:-1]]
        before, keys = -1, []
        for line in lines:
            entry = line["entry"]
            need(line["index"] > before, Broken)
            before = line["index"]
            need(entry["item"] in folders if entry["item"] is not None else entry["kind"] == "key", Broken)
            leaf = leaf_of(bytes.fromhex(line["salt"]), canonical(entry).encode())
            proof = [bytes.fromhex(one) for one in line["proof"]]
            need(included(leaf, line["index"], head[0], proof, head[1]), Broken)
            if entry["kind"] == "key" and "publicKey" in entry["detail"]:
                detail = entry["detail"]
                key = {"publicKey": detail["publicKey"], "at": entry["at"], "signature": detail.get("signature")}
                keys += [key] if fits_record(TABLES["identity.json"], "keys[].", key) else []
        need(keys == identity["keys"], Broken)
    except Broken:
        failed.append(("custody-consistent", PROOFS[2]))
        return
    for line in lines:
        if line["opening"] is not None:
            entry = line["entry"]
            path = "data/items/%s/assessment.json" % (entry["item"] or "")
            digest = hashlib.sha256(bytes.fromhex(line["opening"]) + files.get(path, b"")).hexdigest()
            if path not in files or entry["kind"] not in ("assessed", "noted") or digest != entry["detail"].get("digest"):
                failed.append(("custody-consistent", path))


def read_stamped(files, base, identity, head):
    """The bytes of a checkpoint that was stamped. Raises `Wrong` with the file at fault."""
    path = base + ".checkpoint"
    try:
        need(identity and head, Broken)
        note, first = text_of(files, path), None
        for key in identity["keys"]:
            try:
                first = first or read_checkpoint(note, bytes.fromhex(key["publicKey"]), identity["origin"])
            except Broken:
                pass
        need(first, Broken)
        path = base + ".consistency"
        lines = text_of(files, path).split("\n")
        need(lines.pop() == "" and len(lines) <= 128, Broken)
        proof = [from_base64(line) for line in lines]
        need(all(len(one) == 32 for one in proof) and consistent(first, head, proof), Broken)
    except Broken:
        raise verify_stamps.Wrong(path) from None
    return note.encode()


def check_anchors(files, identity, head, failed, unchecked):
    """Section 11: each answer by itself."""
    anchors = {}
    for name in anchor_files(files):
        anchors.setdefault(ANCHOR.fullmatch(name)[1], []).append(name)
    for number, names in anchors.items():
        base = "proof/anchors/" + number
        answers = [name for name in names if name.endswith((".tsr", ".ots"))]
        try:
            note = read_stamped(files, base, identity, head)
            if not answers:
                raise verify_stamps.Wrong(base + ".checkpoint")
        except verify_stamps.Wrong as wrong:
            failed.append(("time-anchored", str(wrong)))
            continue
        for path in answers:
            check = verify_stamps.check_answer if path.endswith(".tsr") else verify_stamps.check_path
            try:
                check(files[path], note)
            except verify_stamps.Unchecked:
                unchecked.append(("time-anchored", path))
            except (verify_stamps.Wrong, ValueError, IndexError):
                failed.append(("time-anchored", path))


def check_proofs(files, folders, copies, failed, unchecked):
    if not any(name.startswith("proof/") for name in files):
        return
    identity = head = None
    note = ""
    try:
        identity = read_identity(files)
    except Broken:
        failed.append(("signed-by", PROOFS[0]))
    try:
        note = text_of(files, PROOFS[1])
    except Broken:
        pass
    if identity:
        key = bytes.fromhex(identity["keys"][-1]["publicKey"])
        try:
            check_statement(files, key, failed)
        except Broken:
            failed.append(("signed-by", PROOFS[3]))
        try:
            head = read_checkpoint(note, key, identity["origin"])
        except Broken:
            failed.append(("signed-by", PROOFS[1]))
    taken = set()
    for folder in folders:
        check_capture(files, folder, copies.get(folder), note, head, taken, failed)
    for name in files:
        found = CAPTURE.fullmatch(name)
        if found and found.group(1) not in folders:
            failed.append(("logged", name))
    whole = [folder for folder in folders if folder not in copies]
    check_excerpt(files, whole, identity, head, failed)
    check_anchors(files, identity, head, failed, unchecked)


def log_of(files):
    """The first line of a checkpoint: the name of its log."""
    first, end, _ = files.get(PROOFS[1], b"").partition(b"\n")
    return first if end else b""


def check_earlier(files, folders, copies, failed, unchecked):
    """Section 12: each folder as if it were proof/, of the items that it has proofs of."""
    told = {}
    for base in earlier_folders(files):
        view = {name: content for name, content in files.items() if not name.startswith("proof/")}
        view.update(("proof/" + name[len(base) :], files[name]) for name in files if name.startswith(base))
        proved = [match[1] for match in map(CAPTURE.fullmatch, view) if match]
        found, identity, head, note = [], None, None, ""
        try:
            identity = read_identity(view)
        except Broken:
            found.append((None, PROOFS[0]))
        try:
            note = text_of(view, PROOFS[1])
        except Broken:
            pass
        if identity:
            try:
                head = read_checkpoint(note, bytes.fromhex(identity["keys"][-1]["publicKey"]), identity["origin"])
            except Broken:
                found.append((None, PROOFS[1]))
        own = [folder for folder in folders if folder in proved]
        log = log_of(view)
        if log and (log == log_of(files) or told.get(log, set()) & set(own)):
            found.append((None, PROOFS[1]))
        told.setdefault(log, set()).update(own)
        taken = set()
        for folder in own:
            check_capture(view, folder, copies.get(folder), note, head, taken, found)
        found.extend((None, "proof/items/%s.tlog-proof" % folder) for folder in proved if folder not in folders)
        if not proved:
            found.append((None, PROOFS[1]))
        check_excerpt(view, [folder for folder in own if folder not in copies], identity, head, found)
        outside = lambda subject: base + subject[6:] if subject.startswith("proof/") else subject
        failed.extend(("earlier-proofs", outside(subject)) for _, subject in found)
        stamps, others = [], []
        check_anchors(view, identity, head, stamps, others)
        failed.extend((claim, outside(subject)) for claim, subject in stamps)
        unchecked.extend((claim, outside(subject)) for claim, subject in others)


# --- section 13: a copy beside its whole -----------------------------------------------------------------------


def check_whole(files, copies, other, failed, absent):
    """Each redacted copy beside the item of the same id in the other bundle; nothing where there is no copy."""
    folders = folders_of(other)
    for folder in copies:
        base = "data/items/" + folder + "/"
        own = []
        copy, of = check_copy(files, folder, folders_of(files)[folder], own)
        if own:
            failed.append(("copy-of-whole", own[0][1]))
        elif folder not in folders or is_copy(folders[folder]):
            failed.append(("copy-of-whole", base[:-1]))
        else:
            item = check_item(other, folder, folders[folder], own)
            if own:
                failed.append(("copy-of-whole", base + "item.json"))
            elif leaf_of_whole(other, folder) != leaf_of_copy(of):
                failed.append(("copy-of-whole", base + COPY))
            else:
                copy = read_json(files, base + COPY)
                verify_copies.check_copy(base, copy, item, files, other, failed, absent)


# --- all of it ------------------------------------------------------------------------------------------------


def folders_of(files):
    folders = {}
    for name in files:
        place = ITEM_FILE.fullmatch(name)
        if place:
            folders.setdefault(place.group(1), []).append(place.group(2))
    return folders


def check(data):
    """The files of a bundle, its redacted copies, and what is said. Raises `NoBundle`."""
    entries, directory = read_container(data)
    need(any(entry["name"] == "bagit.txt" for entry in entries))
    files = {entry["name"]: entry["content"] for entry in entries}
    failed, unchecked, items, copies, folders = [], [], {}, {}, folders_of(files)
    for folder, names in folders.items():
        if is_copy(names):
            items[folder], copies[folder] = check_copy(files, folder, names, failed)
        else:
            items[folder] = check_item(files, folder, names, failed)
    case = check_case(files, folders, failed)
    check_container(data, entries, directory, failed)
    check_order(files, folders, items, case, failed)
    check_bag(files, failed)
    check_report(files, case, failed)
    for folder, item in items.items():
        if item is not None:
            check_time(item, folder, case, failed)
    check_proofs(files, folders, copies, failed, unchecked)
    check_earlier(files, folders, copies, failed, unchecked)
    return files, copies, failed, unchecked


def verify(data, whole=None):
    try:
        files, copies, failed, unchecked = check(data)
        absent = []
        is_good = True
        if whole is not None:
            other, _, others, _ = check(whole)
            is_good = not others
            check_whole(files, copies, other, failed, absent)
    except NoBundle:
        return {"exit": 2, "failed": [["readable", None]]}
    answer = {"exit": 0 if is_good and not failed else 1, "failed": listed(failed)}
    answer.update({name: listed(some) for name, some in (("unchecked", unchecked), ("absent", absent)) if some})
    return answer


def listed(said):
    unique = sorted({(statement, subject or "") for statement, subject in said})
    return [[statement, subject or None] for statement, subject in unique]


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    paths, other = sys.argv[1:], None
    if paths[:1] == ["--whole"]:
        other, paths = read_file(paths[1]), paths[2:]
    print(json.dumps([verify(read_file(path), other) for path in paths]))
