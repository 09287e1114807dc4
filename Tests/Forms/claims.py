"""Claims of people who do not exist, from a seed: what each says, field by field, as its form does."""
import datetime
import random

LAST = "ABERNATHY BRANDVOLD CASTELLANO DUGGAN EKWUEME FAIRWEATHER GRANTHAM HOLLOWAY ISAKSEN JOUBERT KOWALCZYK LINDQVIST MARLOWE NAKAGAWA O'SHEA PEMBERTON QUIROGA ROSENTHAL SZABO TREVINO UNDERHILL VANCE WHITLOCK YBARRA ZELLER".split()
FIRST = "ADA BORIS CLEO DARIUS ELSA FELIX GWEN HUGO IRIS JONAS KIRA LUIS MAEVE NILS OPAL PIERS QUINN ROSA SETH TESS URSULA VERA WADE XENIA YARA ZORA".split()
STREETS = "ORCHARD LANE|WILLOW COURT|HARBOR ROAD|MILL STREET|SHORE DRIVE|QUARRY PIKE|BIRCH AVENUE|FERRY SQUARE".split("|")
TOWNS = [("SPRINGFIELD", "IL", "62704"), ("DULUTH", "MN", "558021247"), ("OGDEN", "UT", "84401"), ("BANGOR", "ME", "044013311"),
         ("SALEM", "OR", "97301"), ("NEW BERN", "NC", "28560")]
PAYERS = ["HARBOR HEALTH PLAN", "LAKESIDE MUTUAL", "NORTHFIELD TRUST"]
CLINICS = ["CEDAR GROVE CLINIC", "PINE STREET PRACTICE", "BLUE HERON ORTHOPEDICS"]
HOSPITALS = ["LAKEVIEW HOSPITAL", "SAINT ORBAN MEDICAL CTR", "RIVERBEND HOSPITAL"]
DIAGNOSES = "E119 I10 J0190 M545 S72001A R0789 K219 Z0000 E785 N390 F411 H6691 G4733 L400 B349 O0901 D649 C50911 T7840XA Z23".split()
PROCEDURES = "G0463 J1885 A0428 E0607 Q4081 99213 99214 71046 80053 93000 36415 0074T J3420 G0008".split()
MODIFIERS = "25 59 RT LT 26 TC GA 76 50 KX".split()
PLACES = "11 22 12 21 23 81".split()
RATES = {"0120": 1850_00, "0128": 975_50, "0206": 3200_00}
ANCILLARY = "0250 0270 0300 0301 0320 0360 0370 0410 0450 0510 0636 0710 0762".split()


def check_digit(nine):
    """The tenth digit of an NPI: Luhn's, over 80840 and the nine."""
    total = 24
    for place, digit in enumerate(nine):
        doubled = int(digit) * 2
        total += doubled // 10 + doubled % 10 if place % 2 == 0 else int(digit)
    return str(-total % 10)


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def npi(self):
        nine = "1" + self.digits(8)
        return nine + check_digit(nine)

    def day(self, first=datetime.date(2026, 1, 5), span=80):
        return first + datetime.timedelta(self.random.randrange(span))

    def birth(self, oldest=1931, youngest=2004):
        return datetime.date(self.random.randint(oldest, youngest), self.random.randint(1, 12), self.random.randint(1, 28))

    def name(self, last=None):
        middle = self.random.choice("ABCDEFGHJKLMNPRSTW") if self.chance(40) else None
        return (last or self.random.choice(LAST), self.random.choice(FIRST), middle)

    def address(self):
        town, state, code = self.random.choice(TOWNS)
        return (f"{self.random.randint(1, 980)} {self.random.choice(STREETS)}", town, state, code)

    def member(self):
        return self.random.choice(["HH", "W", "ZGP", ""]) + self.digits(9)

    def amount(self):
        return self.random.choice([self.random.randint(12_00, 480_00), self.random.randint(5, 60) * 500,
                                   self.random.randint(1000_00, 9800_00) if self.chance(20) else 95_00])

    def diagnoses(self, most):
        return self.random.sample(DIAGNOSES, self.random.randint(1, most))


def professional(seed):
    """A claim for a CMS-1500."""
    m = Maker(f"professional {seed}")
    insured, relation = m.name(), m.random.choices(["18", "01", "19", "G8"], [60, 15, 20, 5])[0]
    patient = insured if relation == "18" else m.name(insured[0])
    home = m.address()
    diagnoses = m.diagnoses(m.random.choice([2, 4, 12]))
    billing = m.npi()
    renderer = billing if m.chance(30) else m.npi()
    lines = []
    for _ in range(m.random.choice([1, 2, 3, 4, 6, 6, 9, 14])):
        first = m.day()
        pointers = m.random.sample(range(1, len(diagnoses) + 1), min(len(diagnoses), m.random.randint(1, 4)))
        lines.append({
            "from": first, "to": first + datetime.timedelta(m.random.choice([0, 0, 0, 0, 2])),
            "place": m.random.choice(PLACES), "code": m.random.choice(PROCEDURES),
            "modifiers": m.random.sample(MODIFIERS, m.random.choices([0, 1, 2, 4], [50, 30, 15, 5])[0]),
            "pointers": pointers, "charge": m.amount(), "units": str(m.random.choice([1, 1, 1, 2, 3, 10, 120])),
            "renderer": renderer,
        })
    if m.chance(15):
        for line in lines[1:]:
            line["renderer"] = m.npi()
    clinic = m.address()
    return {
        "kind": "cms1500", "payer": m.random.choice(PAYERS), "payer_address": m.address(), "number": f"CGC-{m.digits(6)}",
        "member": m.member(), "insured": insured, "insured_birth": m.birth(), "insured_sex": m.random.choice("MF"),
        "insured_address": home, "relation": relation, "patient": patient,
        "patient_birth": m.birth(1990, 2020), "patient_sex": m.random.choice("MF"),
        "patient_address": home if m.chance(80) else m.address(), "group": m.random.choice(["GRP100", "88120", "STAFF7"]),
        "plan_name": m.random.choice(["CHOICE PPO", "VALUE HMO"]), "employment": m.chance(4),
        "auto": m.random.choice(["IL", "OR"]) if m.chance(4) else None, "accident": m.chance(4),
        "other": (m.name(), m.member(), m.random.choice(["TIDEWATER MUTUAL", "OLD COLONY LIFE"])) if m.chance(8) else None,
        "assigned": not m.chance(5), "authorization": f"AUTH{m.digits(5)}" if m.chance(25) else None,
        "resubmission": (m.random.choice("78"), "CLM-" + "".join(m.random.choice("0123456789ABCDEF") for _ in range(20))[:14])
        if m.chance(8) else None,
        "onset": m.day(datetime.date(2025, 11, 1), 60) if m.chance(30) else None,
        "referring": (m.name(), m.npi()) if m.chance(30) else None, "note": "PATIENT SEEN ON SITE" if m.chance(15) else None,
        "diagnoses": diagnoses, "lines": lines, "tax": m.digits(9), "tax_type": m.random.choice(["EIN", "EIN", "SSN"]),
        "accepts": True, "paid": m.random.choice([None, None, 0, 20_00]), "billing": (m.random.choice(CLINICS), clinic, billing),
        "facility": (m.random.choice(CLINICS), m.address(), m.npi()) if m.chance(40) else None,
    }


def institutional(seed):
    """A claim for a UB-04."""
    m = Maker(f"institutional {seed}")
    insured, relation = m.name(), m.random.choices(["18", "01", "19"], [65, 15, 20])[0]
    first = m.day()
    stays = m.chance(50)
    last = first + datetime.timedelta(m.random.randint(1, 6) if stays else 0)
    lines = []
    if stays:
        code = m.random.choice(list(RATES))
        days = (last - first).days
        lines.append({"revenue": code, "text": "ROOM AND BOARD", "rate": RATES[code], "units": str(days),
                      "charge": RATES[code] * days, "date": None, "code": None, "modifiers": [], "noncovered": None})
    for _ in range(m.random.choice([1, 2, 4, 8, 21, 30])):
        coded = not stays or m.chance(30)
        charge = m.amount()
        lines.append({
            "revenue": m.random.choice(ANCILLARY), "text": m.random.choice(["PHARMACY", "SUPPLIES", "LAB CHEMISTRY", "CLINIC"]),
            "rate": None, "code": m.random.choice(PROCEDURES) if coded else None,
            "modifiers": m.random.sample(MODIFIERS, 1) if coded and m.chance(25) else [],
            "date": first if not stays else None, "units": str(m.random.choice([1, 1, 2, 5, 14])), "charge": charge,
            "noncovered": charge // 2 if m.chance(5) else None,
        })
    hospital = m.address()
    return {
        "kind": "ub04", "payers": [(m.random.choice(PAYERS), "HARB" + m.digits(1))], "number": f"LGH{m.digits(7)}",
        "record": m.digits(8), "bill": m.random.choice(["0111", "0111", "0117"]) if stays else m.random.choice(["0131", "0131", "0851"]),
        "control": "CLM-" + m.digits(12), "tax": m.digits(9), "from": first, "through": last,
        "member": m.member(), "insured": insured, "relation": relation,
        "patient": insured if relation == "18" else m.name(insured[0]), "birth": m.birth(), "sex": m.random.choice("MF"),
        "address": m.address(), "admitted": first if stays else None, "hour": "14" if stays else None, "type": m.random.choice("123"),
        "source": "1", "status": m.random.choice(["01", "03", "30"]), "conditions": m.random.sample(["09", "17", "41"], m.random.choice([0, 0, 1, 2])),
        "occurrences": [("11", m.day(datetime.date(2025, 12, 1), 30))] + ([("02", first)] if m.chance(5) else []),
        "spans": [("74", first, first)] if stays and m.chance(8) else [],
        "values": ([("80", (last - first).days * 100)] if stays else []) + ([("14", 250_00)] if m.chance(3) else []),
        "diagnoses": m.diagnoses(m.random.choice([1, 4, 10, 18])), "present": [m.random.choice("YNU1") for _ in range(18)],
        "admitting": m.random.choice(DIAGNOSES) if stays else None, "lines": lines, "assigned": not m.chance(4),
        "group": m.random.choice(["GRP200", "5512"]), "group_name": "SHORELINE WKS", "authorization": f"AUTH{m.digits(4)}" if m.chance(25) else None,
        "billing": (m.random.choice(HOSPITALS), hospital, m.npi()), "attending": (m.name(), m.npi()),
        "renderer": (m.name(), m.npi()) if m.chance(20) else None, "created": last + datetime.timedelta(5),
    }
