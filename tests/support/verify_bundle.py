"""A second verifier of bundles, written from docs/bundle-format.md alone, with the standard library alone.

Use: verify_bundle.py FILE...   prints a JSON array, one object a file:
{"exit": 0 | 1 | 2, "failed": [[statement, subject], ...]}
The tables of fields are read from the document itself.
"""

import datetime
import email.utils
import hashlib
import json
import os
import re
import struct
import sys
import zlib

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "bundle-format.md")
WHITE = "\t\n\x0b\x0c\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I | re.S)
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]*)")
INFO = re.compile(
    r"Bundle-Version: 1\nBag-Software-Agent: ([^\n]{1,100})\nBagging-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    r"Payload-Oxum: (0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,5})\n"
)
ITEM_FILE = re.compile(r"data/items/([0-9a-f]{32})/([^/]+)")
SUBMISSION = re.compile(r"data/report/[a-z0-9][a-z0-9-]{0,59}/submission\.(txt|json)")
TAGS = ["bagit.txt", "README.txt", "bag-info.txt", "manifest-sha256.txt"]
ROOT = TAGS + ["tagmanifest-sha256.txt"]
RESERVED = ("item.json", "salt.txt", "assessment.json")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
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
        is_fixed = name in ROOT or name in ("data/case.json", "data/report/report.html")
        if not is_fixed and not ITEM_FILE.fullmatch(name) and not SUBMISSION.fullmatch(name):
            failed.append(("bag-complete", name))
    lines = check_list(files, "bag-complete", "manifest-sha256.txt", payload, failed)
    if lines is None:
        failed.append(("files-intact", "manifest-sha256.txt"))
    check_digests(files, "files-intact", lines or [], failed)
    tags = check_list(files, "tags-intact", "tagmanifest-sha256.txt", TAGS, failed)
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
    listed = []
    for part in item["parts"]:
        content = files.get(base + part["name"])
        is_right = content is not None and len(content) == part["bytes"]
        is_right = is_right and hashlib.sha256(content).hexdigest() == part["sha256"]
        if part["name"] in RESERVED or part["name"] in listed or not is_right:
            wrong(part["name"])
        listed.append(part["name"])
    for name in names:
        if name not in RESERVED and name not in listed:
            wrong(name)
    return item


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
        order += ["data/items/%s/%s" % (items[folder]["id"], name) for name in ["item.json", "salt.txt"] + parts + last]
    base = "data/report/" + case["report"]["channelId"] + "/submission."
    order += ["data/case.json", "data/report/report.html", base + "txt", base + "json"] + ROOT[2:]
    if set(order) == set(files) and len(order) == len(files):
        wrong = [name for name, expected in zip(files, order) if name != expected]
        failed.extend(("container-canonical", name) for name in wrong[:1])


def verify(data):
    try:
        entries, directory = read_container(data)
        need(any(entry["name"] == "bagit.txt" for entry in entries))
    except NoBundle:
        return {"exit": 2, "failed": [["readable", None]]}
    files = {entry["name"]: entry["content"] for entry in entries}
    failed, folders, items = [], {}, {}
    for name in files:
        place = ITEM_FILE.fullmatch(name)
        if place:
            folders.setdefault(place.group(1), []).append(place.group(2))
    for folder, names in folders.items():
        items[folder] = check_item(files, folder, names, failed)
    case = check_case(files, folders, failed)
    check_container(data, entries, directory, failed)
    check_order(files, folders, items, case, failed)
    check_bag(files, failed)
    check_report(files, case, failed)
    for folder, item in items.items():
        if item is not None:
            check_time(item, folder, case, failed)
    unique = sorted({(statement, subject or "") for statement, subject in failed})
    return {"exit": 1 if failed else 0, "failed": [[statement, subject or None] for statement, subject in unique]}


if __name__ == "__main__":
    results = []
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            results.append(verify(file.read()))
    print(json.dumps(results))
