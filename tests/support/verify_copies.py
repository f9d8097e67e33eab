"""A redacted copy beside its whole (docs/bundle-format.md, section 13), with the standard library alone."""

import json
import struct
import unicodedata
import urllib.parse
import zlib

COVER, EDGE = "█████", "\ufffd"
SHORT, LONG = 2000, 200000
LARGEST_PICTURE = 256 * 1024 * 1024
ROUNDING = 2


class Damaged(Exception):
    pass


# --- words --------------------------------------------------------------------------------------------------


def units(text):
    return len(text.encode("utf-16-le")) // 2


def parts_of(left):
    parts = left.split(COVER)
    for i, part in enumerate(parts):
        if i > 0 and part.startswith(EDGE):
            part = part[1:]
        if i < len(parts) - 1 and part.endswith(EDGE):
            part = part[:-1]
        parts[i] = part
    return parts


def fits(parts, whole, is_cut):
    """Signs are those of UTF-16: half a pair may be what is covered."""
    whole, parts = whole.encode("utf-16-le"), [part.encode("utf-16-le") for part in parts]
    if not whole.startswith(parts[0]):
        return False
    at = len(parts[0])
    for i, part in enumerate(parts[1:], 1):
        # Something is covered between two parts: at least one sign of the whole.
        start = at + 2
        if start > len(whole):
            return False
        if i == len(parts) - 1 and not is_cut:
            return whole.endswith(part) and len(whole) - len(part) >= start
        at = whole.find(part, start)
        while at > 0 and at % 2 == 1:
            at = whole.find(part, at + 1)
        if at < 0:
            return False
        at += len(part)
    return True


def is_left(left, whole, most=SHORT):
    if left is None or whole is None:
        return left is whole
    if left == whole:
        return True
    if COVER not in left:
        return False
    is_cut = units(left) >= most
    parts = parts_of(left.rstrip("█" + EDGE) + COVER if is_cut else left)
    forms = [lambda text: text] + [lambda text, form=form: unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    return any(fits([form(part) for part in parts], form(whole), is_cut) for form in forms)


def same(one, other):
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def without(record, *names):
    return {name: value for name, value in record.items() if name not in names}


def is_subset(left, whole):
    return all(name in whole and same(value, whole[name]) for name, value in left.items())


def same_or_none(left, whole, names):
    return all(left[name] is None or left[name] == whole[name] for name in names)


def links_left(left, whole):
    at = 0
    for link in left:
        while at < len(whole) and not (whole[at]["address"] == link["address"] and is_left(link["text"], whole[at]["text"])):
            at += 1
        if at == len(whole):
            return False
        at += 1
    return True


COVERED = ["replyToHandle", "repostedBy"]
DROPPED = ["postId", "permalink", "language", "parentPostId", "quotedIn"]
APART = COVERED + DROPPED + ["author", "text", "links", "mentions", "media", "counts", "posted", "contentWarning"]


def post_left(left, whole):
    mentions, others = left["mentions"], whole["mentions"]
    return (
        same(without(left, *APART), without(whole, *APART))
        and same(without(left["posted"], "asShown"), without(whole["posted"], "asShown"))
        and is_left(left["posted"]["asShown"], whole["posted"]["asShown"])
        and all(is_left(left[name], whole[name]) for name in COVERED)
        and same_or_none(left, whole, DROPPED)
        and all(is_left(left["author"][name], whole["author"][name]) for name in ("handle", "name"))
        and same_or_none(left["author"], whole["author"], ["profile", "id"])
        and all(is_left(left[name], whole[name], LONG) for name in ("text", "contentWarning"))
        and links_left(left["links"], whole["links"])
        and len(mentions) == len(others)
        and all(is_left(*pair) for pair in zip(mentions, others))
        and left["media"] == []
        and is_subset(left["counts"], whole["counts"])
    )


def origin_of(address):
    try:
        found = urllib.parse.urlsplit(address)
        host, port = found.hostname.encode("idna").decode(), found.port
    except (ValueError, AttributeError):
        return "http://address.invalid/"
    is_usual = port in (None, {"http": 80, "https": 443}[found.scheme])
    return "%s://%s%s/" % (found.scheme, host, "" if is_usual else ":%d" % port)


def page_left(left, whole):
    apart = ["address", "canonical", "title", "language", "headings", "times"]
    return (
        same(without(left, *apart), without(whole, *apart))
        and left["address"] in (whole["address"], origin_of(whole["address"]))
        and same_or_none(left, whole, ["canonical", "language"])
        and (left["title"] == "" or is_left(left["title"], whole["title"]))
        and not left.get("headings")
        and not left.get("times")
    )


def collection_left(left, whole):
    apart = ["sources", "droppedFromHtml"]
    return (
        same(without(left, *apart), without(whole, *apart))
        and not left.get("sources")
        and is_subset(left["droppedFromHtml"], whole["droppedFromHtml"])
    )


def facts_left(left, whole):
    apart = ["page", "post", "context", "collection", "parts"]
    return (
        same(without(left, *apart), without(whole, *apart))
        and page_left(left["page"], whole["page"])
        and post_left(left["post"], whole["post"])
        and left["context"] == []
        and collection_left(left["collection"], whole["collection"])
    )


# --- pictures -----------------------------------------------------------------------------------------------


class Picture:
    """A PNG of eight bits a sample or with a palette; `None` of `read` is one that is not compared."""

    @staticmethod
    def read(data):
        if data[:8] != b"\x89PNG\r\n\x1a\n":
            return None
        chunks, at = [], 8
        while at + 12 <= len(data):
            (length,) = struct.unpack(">I", data[at : at + 4])
            if at + 12 + length > len(data):
                break
            chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
            at += 12 + length
        last = {kind: content for kind, content in chunks}
        head = last.get(b"IHDR", b"")
        if len(head) != 13:
            return None
        width, height, depth, colour, *methods = struct.unpack(">IIBBBBB", head)
        is_known = colour in (0, 2, 3, 4, 6) and (depth == 8 or (colour == 3 and depth in (1, 2, 4)))
        is_sized = 0 < width <= 100000 and 0 < height <= 100000 and width * height <= 400000000
        if any(methods) or not is_known or not is_sized or (last.get(b"tRNS") and colour != 3):
            return None
        found = Picture()
        found.width, found.height, found.depth, found.colour = width, height, depth, colour
        found.palette, found.opacity = last.get(b"PLTE", b""), last.get(b"tRNS", b"")
        found.data = b"".join(content for kind, content in chunks if kind == b"IDAT")
        return found

    def rows(self):
        """Each row as red, green, blue and opacity of its pixels."""
        channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[self.colour]
        length = (self.width * channels * self.depth + 7) // 8
        step = max(1, channels * self.depth >> 3)
        unpack, rest, before = zlib.decompressobj(), self.data, bytearray(length)
        for _ in range(self.height):
            try:
                line = bytearray()
                while len(line) < length + 1:
                    more = unpack.decompress(rest, length + 1 - len(line))
                    rest = unpack.unconsumed_tail
                    if not more and not rest:
                        raise Damaged
                    line += more
            except zlib.error:
                raise Damaged from None
            before = unfilter(line[0], line[1:], before, step)
            yield self.pixels(before)

    def pixels(self, line):
        if self.colour == 6:
            return [tuple(line[at : at + 4]) for at in range(0, len(line), 4)]
        if self.colour == 4:
            return [(line[at], line[at], line[at], line[at + 1]) for at in range(0, len(line), 2)]
        if self.colour == 2:
            return [(line[at], line[at + 1], line[at + 2], 255) for at in range(0, len(line), 3)]
        if self.colour == 0:
            return [(value, value, value, 255) for value in line]
        return [self.coloured(line, x) for x in range(self.width)]

    def coloured(self, line, x):
        each = 8 // self.depth
        index = line[x // each] >> (8 - self.depth * (x % each + 1)) & (2**self.depth - 1)
        red, green, blue = (self.palette[index * 3 : index * 3 + 3] + bytes(3))[:3]
        return red, green, blue, self.opacity[index] if index < len(self.opacity) else 255


def unfilter(kind, line, above, step):
    """Clause 9 of the PNG specification."""
    if kind > 4:
        raise Damaged
    for at in range(len(line) if kind else 0):
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) >> 1, 0)[kind]
        if kind == 4:
            base = left + above[at] - corner
            guess = min((left, above[at], corner), key=lambda value: abs(base - value))
        line[at] = (line[at] + guess) & 255
    return line


def on_black(value, opacity):
    return value if opacity == 255 else (2 * value * opacity + 255) // 510


def is_same_pixel(one, other):
    allowed = 0 if one[3] == other[3] == 255 else ROUNDING
    return all(abs(on_black(one[at], one[3]) - on_black(other[at], other[3])) <= allowed for at in range(3))


def compare_pictures(copy, whole, areas):
    """True: nothing but what is covered is another. None: not compared."""
    copy, whole = Picture.read(copy), Picture.read(whole)
    if copy is None or whole is None or len(areas) > 1000:
        return None
    if (copy.width, copy.height) != (whole.width, whole.height):
        return False
    try:
        for y, (mine, theirs) in enumerate(zip(copy.rows(), whole.rows())):
            covered = set()
            for area in areas:
                if area["y"] <= y < area["y"] + area["height"]:
                    covered.update(range(area["x"], area["x"] + area["width"]))
            for x in range(copy.width):
                good = mine[x] == (0, 0, 0, 255) if x in covered else is_same_pixel(mine[x], theirs[x])
                if not good:
                    return False
    except Damaged:
        return False
    return True


# --- the statements -----------------------------------------------------------------------------------------


def check_copy(base, copy, item, files, wholes, failed, absent):
    """What is said of one copy whose commitment is that of the whole: `copy-words` and `copy-pictures`."""
    if not facts_left(copy["item"], item):
        failed.append(("copy-words", base + "redacted.json"))
    parts = {part["name"]: part for part in item["parts"]}
    named = [part["name"] for part in copy["item"]["parts"]] + copy["leftOut"]
    if sorted(named) != sorted(part["name"] for part in item["parts"]):
        failed.append(("copy-pictures", base + "redacted.json"))
    areas = {picture["name"]: picture["areas"] for picture in copy["covered"]["pictures"]}
    for part in copy["item"]["parts"]:
        own, path = parts.get(part["name"]), base + part["name"]
        about = ("role", "mediaType", "width", "height", "method")
        if own is None or any(part[name] != own[name] for name in about):
            failed.append(("copy-pictures", path))
        elif areas[part["name"]] or part["sha256"] != own["sha256"]:
            pictures = files.get(path, b""), wholes.get(path, b"")
            is_small = max(map(len, pictures)) <= LARGEST_PICTURE
            result = compare_pictures(*pictures, areas[part["name"]]) if is_small else None
            if result is not True:
                (absent if result is None else failed).append(("copy-pictures", path))
