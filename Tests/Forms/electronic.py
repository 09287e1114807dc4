"""The same claim as an 837: what a form must come to, whichever way it arrives."""
import printing


def segments_of_name(qualifier, name, tail=""):
    last, first, middle = name
    return f"NM1*{qualifier}*1*{last}*{first}*{middle or ''}" + (tail and f"***{tail}")


def address(where):
    return [f"N3*{where[0]}", f"N4*{where[1]}*{where[2]}*{where[3]}"]


def provider(qualifier, who):
    name, where, npi = who
    return [f"NM1*{qualifier}*2*{name}*****XX*{npi}"] + address(where)


def d8(day):
    return day.strftime("%Y%m%d")


def units(text):
    return text


def professional(claim):
    is_self = claim["relation"] == "18"
    turn = "U" if claim["other"] else "P"
    out = ["HL*1**20*1"] + provider("85", claim["billing"])
    out += [f"REF*{'SY' if claim['tax_type'] == 'SSN' else 'EI'}*{claim['tax']}", f"HL*2*1*22*{0 if is_self else 1}"]
    out += [f"SBR*{turn}*{'18' if is_self else ''}*{claim['group']}******CI"]
    out += [segments_of_name("IL", claim["insured"], f"MI*{claim['member']}")] + address(claim["insured_address"])
    out += [f"DMG*D8*{d8(claim['insured_birth'])}*{claim['insured_sex']}"]
    out += [f"NM1*PR*2*{claim['payer']}*****PI*{claim['payer']}"]
    if not is_self:
        out += ["HL*3*2*23*0", f"PAT*{claim['relation']}", segments_of_name("QC", claim["patient"])]
        out += address(claim["patient_address"]) + [f"DMG*D8*{d8(claim['patient_birth'])}*{claim['patient_sex']}"]
    causes = [code for code, holds in (("EM", claim["employment"]), ("AA", claim["auto"]), ("OA", claim["accident"])) if holds]
    related = ":".join(causes) + (f":{claim['auto']}" if claim["auto"] else "") if causes else ""
    if claim["auto"]:
        related = ":".join(causes + [""] * (3 - len(causes)) + [claim["auto"]])
    total = printing.amount(sum(line["charge"] for line in claim["lines"]))
    frequency, reference = claim["resubmission"] or ("1", None)
    assigned = "Y" if claim["assigned"] else "N"
    out += [f"CLM*{claim['number']}*{total}***{claim['lines'][0]['place']}:B:{frequency}*Y*A*{assigned}*Y" + (f"**{related}" if related else "")]
    if reference:
        out += [f"REF*F8*{reference}"]
    if claim["authorization"]:
        out += [f"REF*G1*{claim['authorization']}"]
    out += ["HI*" + "*".join(f"{'ABK' if index == 0 else 'ABF'}:{code}" for index, code in enumerate(claim["diagnoses"]))]
    renderers = {line["renderer"] for line in claim["lines"]}
    billing = claim["billing"][2]
    common = renderers.pop() if len(renderers) == 1 else None
    if common and common != billing:
        out += [f"NM1*82*1*{'NAME'}*****XX*{common}".replace("*NAME*****", "*NAME*A****")]
    if claim["other"]:
        name, number, plan = claim["other"]
        out += ["SBR*U*18*******CI", "OI***Y***Y", segments_of_name("IL", name, f"MI*{number}"), f"NM1*PR*2*{plan}*****PI*{plan}"]
    for index, line in enumerate(claim["lines"], 1):
        code = ":".join(["HC", line["code"], *line["modifiers"]])
        pointers = ":".join(str(pointer) for pointer in line["pointers"])
        out += [f"LX*{index}", f"SV1*{code}*{printing.amount(line['charge'])}*UN*{line['units']}*{line['place']}**{pointers}"]
        out += [f"DTP*472*RD8*{d8(line['from'])}-{d8(line['to'])}" if line["to"] != line["from"] else f"DTP*472*D8*{d8(line['from'])}"]
        if common is None and line["renderer"] != billing:
            out += [f"NM1*82*1*NAME*A****XX*{line['renderer']}"]
    return out


def institutional(claim):
    is_self = claim["relation"] == "18"
    payer, plan = claim["payers"][0]
    out = ["HL*1**20*1"] + provider("85", claim["billing"]) + [f"REF*EI*{claim['tax']}", f"HL*2*1*22*{0 if is_self else 1}"]
    out += [f"SBR*P*{'18' if is_self else ''}*{claim['group']}******CI", segments_of_name("IL", claim["insured"], f"MI*{claim['member']}")]
    if is_self:
        out += address(claim["address"]) + [f"DMG*D8*{d8(claim['birth'])}*{claim['sex']}"]
    out += [f"NM1*PR*2*{payer}*****PI*{plan}"]
    if not is_self:
        out += ["HL*3*2*23*0", f"PAT*{claim['relation']}", segments_of_name("QC", claim["patient"])] + address(claim["address"])
        out += [f"DMG*D8*{d8(claim['birth'])}*{claim['sex']}"]
    total = printing.amount(sum(line["charge"] for line in claim["lines"]))
    bill = claim["bill"]
    out += [f"CLM*{claim['number']}*{total}***{bill[1:3]}:A:{bill[3]}**A*{'Y' if claim['assigned'] else 'N'}*Y"]
    out += [f"DTP*434*RD8*{d8(claim['from'])}-{d8(claim['through'])}"]
    if claim["admitted"]:
        out += [f"DTP*435*DT*{d8(claim['admitted'])}{claim['hour']}00"]
    out += [f"CL1*{claim['type']}*{claim['source']}*{claim['status']}"]
    if bill[3] in "78":
        out += [f"REF*F8*{claim['control']}"]
    if claim["authorization"]:
        out += [f"REF*G1*{claim['authorization']}"]
    codes = claim["diagnoses"]
    out += [f"HI*ABK:{codes[0]}"]
    if claim["admitting"]:
        out += [f"HI*ABJ:{claim['admitting']}"]
    for start in range(1, len(codes), 12):
        out += ["HI*" + "*".join(f"ABF:{code}" for code in codes[start:start + 12])]
    if claim["spans"]:
        out += ["HI*" + "*".join(f"BI:{code}:RD8:{d8(first)}-{d8(last)}" for code, first, last in claim["spans"])]
    if claim["occurrences"]:
        out += ["HI*" + "*".join(f"BH:{code}:D8:{d8(day)}" for code, day in claim["occurrences"])]
    if claim["values"]:
        out += ["HI*" + "*".join(f"BE:{code}:::{printing.amount(cents) if code != '80' else cents // 100}" for code, cents in claim["values"])]
    if claim["conditions"]:
        out += ["HI*" + "*".join(f"BG:{code}" for code in claim["conditions"])]
    name, npi = claim["attending"]
    out += [f"NM1*71*1*{name[0]}*{name[1]}****XX*{npi}"]
    if claim["renderer"]:
        name, npi = claim["renderer"]
        out += [f"NM1*82*1*{name[0]}*{name[1]}****XX*{npi}"]
    for index, line in enumerate(claim["lines"], 1):
        code = ":".join(["HC", line["code"], *line["modifiers"]]) if line["code"] else ""
        basis = "DA" if line["rate"] else "UN"
        noncovered = f"**{printing.amount(line['noncovered'])}" if line["noncovered"] else ""
        out += [f"LX*{index}", f"SV2*{line['revenue']}*{code}*{printing.amount(line['charge'])}*{basis}*{line['units']}{noncovered}"]
        if line["date"]:
            out += [f"DTP*472*D8*{d8(line['date'])}"]
    return out


def interchange(claims):
    """An 837 for each claim, in one interchange."""
    out = ["ISA*00*          *00*          *ZZ*MAILROOM       *ZZ*HARBORHEALTH   *260601*0815*^*00501*000000001*0*P*:"]
    for index, claim in enumerate(claims, 1):
        is_professional = claim["kind"] == "cms1500"
        guide = "005010X222A1" if is_professional else "005010X223A2"
        out += [f"GS*HC*MAILROOM*HARBORHEALTH*20260601*0815*{index}*X*{guide}"]
        body = [f"ST*837*0001*{guide}", f"BHT*0019*00*B{index}*20260601*0815*CH", "NM1*41*2*MAIL ROOM*****46*MR1", "PER*IC*DANA OPERATOR*TE*5555550100",
                "NM1*40*2*HARBOR HEALTH PLAN*****46*HARB1"]
        body += professional(claim) if is_professional else institutional(claim)
        out += body + [f"SE*{len(body) + 1}*0001", f"GE*1*{index}"]
    out += [f"IEA*{len(claims)}*000000001"]
    return "~\n".join(out) + "~\n"
