"""What is typed into the boxes of a claim's pages, and what each box then says: the truth beside the file."""
import grid


class Page:
    """The typing of one page: cells of text by line and column; and the boxes' values."""

    def __init__(self, number):
        self.number = number
        self.cells = []
        self.values = {}

    def put(self, line, column, text):
        if text not in (None, ""):
            self.cells.append((line, column, str(text)))

    def say(self, field, value, typed=None, at=None):
        """Types a box and notes its value; nothing when there is none."""
        if value in (None, ""):
            return
        line, column = at or grid.CMS1500_PRINT.get(field) or grid.UB04_PRINT[field]
        self.put(line, column, typed or value)
        self.values[field] = value

    def money(self, field, line, ends, cents, gap):
        """Dollars that end in one column, cents in the next two; some programs leave a blank column between."""
        if cents is None:
            return
        dollars, cents_end = ends
        text = str(cents // 100)
        end = dollars - 1 if gap and cents_end - dollars == 2 else dollars
        if end != dollars or not gap:
            self.put(line, end - len(text) + 1, text)
        self.put(line, cents_end - 1, f"{cents % 100:02}")
        self.values[field] = amount(cents)


def amount(cents):
    return f"{cents // 100}.{cents % 100:02}"


def full(name):
    return ", ".join(part for part in name if part)


def town(address):
    """City, state and ZIP code on one line, as in the boxes of providers."""
    return f"{address[1]} {address[2]} {address[3] if len(address[3]) == 5 else address[3][:5] + '-' + address[3][5:]}"


def zip_code(code):
    return code if len(code) == 5 else f"{code[:5]}-{code[5:]}"


def mark(page, field, value):
    line, columns = grid.CMS1500_MARKS[field]
    page.put(line, columns[value], "X")
    page.values[field] = value


def date(page, field, day, position=None):
    if day is None:
        return
    line, month_at, day_at, year_at = position or grid.CMS1500_DATES[field]
    page.put(line, month_at, f"{day.month:02}")
    page.put(line, day_at, f"{day.day:02}")
    page.put(line, year_at, f"{day.year:04}" if position is None else f"{day.year % 100:02}")
    page.values[field] = day.isoformat()


def cms1500(claim, gap=True):
    """The pages of a professional claim: six services each, the total on the last."""
    pages = []
    groups = [claim["lines"][start:start + 6] for start in range(0, len(claim["lines"]), 6)]
    for index, group in enumerate(groups):
        page = Page(index + 1)
        parties(page, claim)
        condition(page, claim)
        history(page, claim)
        for letter, code in zip("ABCDEFGHIJKL", claim["diagnoses"]):
            page.say(f"21{letter}", code, at=grid.CMS1500_DIAGNOSES[letter])
        for row, service in enumerate(group, 1):
            service_line(page, row, index * 6 + row, service, gap)
        providers(page, claim)
        if index + 1 == len(groups):
            page.money("28", 56, grid.CMS1500_AMOUNTS["28"], sum(line["charge"] for line in claim["lines"]), gap)
            page.money("29", 56, grid.CMS1500_AMOUNTS["29"], claim["paid"], gap)
        else:
            page.put(56, 52, "CONTINUED")
        pages.append(page)
    return pages


def parties(page, claim):
    street, city, state, code = claim["payer_address"]
    page.say("carrier.1", claim["payer"])
    page.say("carrier.2", street)
    page.say("carrier.3", f"{city} {state} {zip_code(code)}")
    mark(page, "1", "GROUP")
    page.say("1a", claim["member"])
    page.say("2", full(claim["patient"]))
    is_self = claim["relation"] == "18"
    date(page, "3", claim["insured_birth"] if is_self else claim["patient_birth"])
    mark(page, "3.sex", claim["insured_sex"] if is_self else claim["patient_sex"])
    page.say("4", full(claim["insured"]))
    mark(page, "6", claim["relation"])
    for box, address in (("5", claim["insured_address"] if is_self else claim["patient_address"]), ("7", claim["insured_address"])):
        page.say(box, address[0])
        page.say(f"{box}.city", address[1])
        page.say(f"{box}.state", address[2])
        page.say(f"{box}.zip", address[3], zip_code(address[3]))


def condition(page, claim):
    if claim["other"]:
        name, number, plan = claim["other"]
        page.say("9", full(name))
        page.say("9a", number)
        page.say("9d", plan)
    page.say("11", claim["group"])
    mark(page, "10a", "YES" if claim["employment"] else "NO")
    date(page, "11a", claim["insured_birth"])
    mark(page, "11a.sex", claim["insured_sex"])
    mark(page, "10b", "YES" if claim["auto"] else "NO")
    page.say("10b.state", claim["auto"])
    mark(page, "10c", "YES" if claim["accident"] else "NO")
    page.say("11c", claim["plan_name"])
    mark(page, "11d", "YES" if claim["other"] else "NO")
    page.say("12", "SIGNATURE ON FILE")
    if claim["assigned"]:
        page.say("13", "SIGNATURE ON FILE")


def history(page, claim):
    if claim["onset"]:
        date(page, "14", claim["onset"])
        page.say("14.qualifier", "431")
    if claim["referring"]:
        name, npi = claim["referring"]
        page.say("17.qualifier", "DN")
        page.say("17", " ".join(part for part in (name[1], name[2], name[0]) if part))
        page.say("17b", npi)
    page.say("19", claim["note"])
    mark(page, "20", "NO")
    page.say("21.indicator", "0")
    if claim["resubmission"]:
        page.say("22", claim["resubmission"][0])
        page.say("22.reference", claim["resubmission"][1])
    page.say("23", claim["authorization"])


def service_line(page, row, number, service, gap):
    line = grid.cms1500_service_line(row)
    columns = grid.CMS1500_LINE
    date(page, f"24A.{number}", service["from"], (line, *columns["24A"]))
    date(page, f"24A.{number}.to", service["to"], (line, *columns["24A.to"]))
    page.say(f"24B.{number}", service["place"], at=(line, columns["24B"]))
    page.say(f"24D.{number}", service["code"], at=(line, columns["24D"]))
    for column, modifier in zip(columns["24D.modifiers"], service["modifiers"]):
        page.put(line, column, modifier)
    if service["modifiers"]:
        page.values[f"24D.{number}.modifiers"] = " ".join(service["modifiers"])
    page.say(f"24E.{number}", "".join("ABCDEFGHIJKL"[pointer - 1] for pointer in service["pointers"]), at=(line, columns["24E"]))
    page.money(f"24F.{number}", line, grid.CMS1500_AMOUNTS["24F"], service["charge"], gap)
    page.say(f"24G.{number}", service["units"], at=(line, columns["24G"]))
    page.say(f"24J.{number}", service["renderer"], at=(line, columns["24J"]))


def providers(page, claim):
    page.say("25", claim["tax"])
    mark(page, "25.type", claim["tax_type"])
    page.say("26", claim["number"])
    mark(page, "27", "YES" if claim["accepts"] else "NO")
    page.say("31", "SIGNATURE ON FILE")
    for box, provider in (("32", claim["facility"]), ("33", claim["billing"])):
        if provider:
            name, address, npi = provider
            page.say(f"{box}.name", name)
            page.say(f"{box}.street", address[0])
            page.say(f"{box}.city", town(address) if box == "32" else " ".join(address[1:]), town(address))
            page.say(f"{box}a", npi)


def ub04(claim, gap=False):
    """The pages of an institutional claim: 22 services each, the total on the last."""
    pages = []
    groups = [claim["lines"][start:start + 22] for start in range(0, len(claim["lines"]), 22)]
    for index, group in enumerate(groups):
        page = Page(index + 1)
        ub04_heading(page, claim)
        ub04_codes(page, claim)
        for row, service in enumerate(group, 1):
            ub04_line(page, row, index * 22 + row, service)
        page.say("FL43.page", str(index + 1))
        page.say("FL43.of", str(len(groups)))
        page.say("FL45.created", claim["created"].isoformat(), claim["created"].strftime("%m%d%y"))
        if index + 1 == len(groups):
            page.say("FL42.total", "0001")
            page.money("FL47.total", 41, grid.UB04_AMOUNTS["FL47"], sum(line["charge"] for line in claim["lines"]), gap)
            noncovered = [line["noncovered"] for line in claim["lines"] if line["noncovered"]]
            page.money("FL48.total", 41, grid.UB04_AMOUNTS["FL48"], sum(noncovered) if noncovered else None, gap)
        ub04_payers(page, claim)
        ub04_diagnoses(page, claim)
        pages.append(page)
    return pages


def ub04_heading(page, claim):
    name, address, npi = claim["billing"]
    page.say("FL1.1", name)
    page.say("FL1.2", address[0])
    page.say("FL1.3", town(address))
    page.say("FL3a", claim["number"])
    page.say("FL3b", claim["record"])
    page.say("FL4", claim["bill"])
    page.say("FL5", claim["tax"])
    page.say("FL6.from", claim["from"].isoformat(), claim["from"].strftime("%m%d%y"))
    page.say("FL6.through", claim["through"].isoformat(), claim["through"].strftime("%m%d%y"))
    page.say("FL8b", full(claim["patient"]))
    page.say("FL9a", claim["address"][0])
    page.say("FL9b", claim["address"][1])
    page.say("FL9c", claim["address"][2])
    page.say("FL9d", claim["address"][3], zip_code(claim["address"][3]))
    page.say("FL10", claim["birth"].isoformat(), claim["birth"].strftime("%m%d%Y"))
    page.say("FL11", claim["sex"])
    if claim["admitted"]:
        page.say("FL12", claim["admitted"].isoformat(), claim["admitted"].strftime("%m%d%y"))
        page.say("FL13", claim["hour"])
    page.say("FL14", claim["type"])
    page.say("FL15", claim["source"])
    page.say("FL17", claim["status"])
    page.say("FL56", npi)


def ub04_codes(page, claim):
    for index, code in enumerate(claim["conditions"]):
        page.say(f"FL{18 + index}", code)
    for index, (code, day) in enumerate(claim["occurrences"]):
        field = f"FL{31 + index}"
        columns = grid.UB04_OCCURRENCES[field]
        page.say(f"{field}a", code, at=(11, columns[0]))
        page.say(f"{field}a.date", day.isoformat(), day.strftime("%m%d%y"), at=(11, columns[1]))
    for index, (code, first, last) in enumerate(claim["spans"]):
        field = f"FL{35 + index}"
        columns = grid.UB04_SPANS[field]
        page.say(f"{field}a", code, at=(11, columns[0]))
        page.say(f"{field}a.from", first.isoformat(), first.strftime("%m%d%y"), at=(11, columns[1]))
        page.say(f"{field}a.through", last.isoformat(), last.strftime("%m%d%y"), at=(11, columns[2]))
    for index, (code, cents) in enumerate(claim["values"]):
        field = f"FL{39 + index}"
        column, *ends = grid.UB04_VALUES[field]
        page.say(f"{field}a", code, at=(14, column))
        page.money(f"{field}a.amount", 14, ends, cents, False)


def ub04_line(page, row, number, service):
    line = grid.ub04_service_line(row)
    columns = grid.UB04_LINE
    page.say(f"FL42.{number}", service["revenue"], at=(line, columns["FL42"]))
    page.say(f"FL43.{number}", service["text"], at=(line, columns["FL43"]))
    if service["rate"]:
        page.say(f"FL44.{number}", amount(service["rate"]), at=(line, columns["FL44"]))
    elif service["code"]:
        code = " ".join([service["code"]] + service["modifiers"])
        page.say(f"FL44.{number}", code, "".join([service["code"]] + service["modifiers"]), at=(line, columns["FL44"]))
    if service["date"]:
        page.say(f"FL45.{number}", service["date"].isoformat(), service["date"].strftime("%m%d%y"), at=(line, columns["FL45"]))
    page.say(f"FL46.{number}", service["units"], at=(line, grid.UB04_UNITS - len(service["units"]) + 1))
    page.money(f"FL47.{number}", line, grid.UB04_AMOUNTS["FL47"], service["charge"], False)
    page.money(f"FL48.{number}", line, grid.UB04_AMOUNTS["FL48"], service["noncovered"], False)


def ub04_payers(page, claim):
    for row, (name, plan) in enumerate(claim["payers"]):
        letter, line = "ABC"[row], 43 + row
        page.say(f"FL50{letter}", name, at=(line, grid.UB04_PAYER["FL50"]))
        page.say(f"FL51{letter}", plan, at=(line, grid.UB04_PAYER["FL51"]))
        page.say(f"FL52{letter}", "Y", at=(line, grid.UB04_PAYER["FL52"]))
        page.say(f"FL53{letter}", "Y" if claim["assigned"] else "N", at=(line, grid.UB04_PAYER["FL53"]))
    page.say("FL58A", full(claim["insured"]), at=(47, grid.UB04_INSURED["FL58"]))
    page.say("FL59A", claim["relation"], at=(47, grid.UB04_INSURED["FL59"]))
    page.say("FL60A", claim["member"], at=(47, grid.UB04_INSURED["FL60"]))
    page.say("FL61A", claim["group_name"], at=(47, grid.UB04_INSURED["FL61"]))
    page.say("FL62A", claim["group"], at=(47, grid.UB04_INSURED["FL62"]))
    page.say("FL63A", claim["authorization"], at=(51, grid.UB04_CONTROL["FL63"]))
    if claim["bill"][3] in "78":
        page.say("FL64A", claim["control"], at=(51, grid.UB04_CONTROL["FL64"]))


def ub04_diagnoses(page, claim):
    page.say("FL66", "0")
    letters = ["", *"ABCDEFGHIJKLMNOPQ"]
    for letter, code, present in zip(letters, claim["diagnoses"], claim["present"]):
        line, column = grid.UB04_DIAGNOSES[letter]
        page.say(f"FL67{letter}", code, at=(line, column))
        page.say(f"FL67{letter}.poa", present, at=(line, column + 7))
    page.say("FL69", claim["admitting"])
    name, npi = claim["attending"]
    page.say("FL76", npi)
    page.say("FL76.last", name[0])
    page.say("FL76.first", name[1])
    if claim["renderer"]:
        name, npi = claim["renderer"]
        page.say("FL78.type", "82")
        page.say("FL78", npi)
        page.say("FL78.last", name[0])
        page.say("FL78.first", name[1])
