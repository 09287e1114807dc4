#!/usr/bin/env python3
"""Writes one 837P interchange with the given number of claims of fictional people to standard output.

    Benchmarks/generate_claims.py 100000 > claims.837

The same number and seed give the same file. Of a hundred claims, ten are for dependents and three repeat care under
another claim number (these are denied with OA-18). Families have up to four members.
"""
import random
import sys

CODES = [("G0463", 12000), ("J1885", 2500), ("E0607", 9500), ("A4253", 4200), ("G0008", 3000), ("A0428", 41000), ("G0101", 7000)]
FIRST = ["ADA", "BRUNO", "CLARA", "DEVI", "EMIL", "FARAH", "GIDEON", "HANA", "IVO", "JUNO", "KOFI", "LENA"]
LAST = ["ASHWORTH", "BELMONTE", "CARDOZO", "DRUMMOND", "ELLERY", "FENWICK", "GALLAGHER", "HOLLOWAY", "IVERSEN", "JANSEN"]


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}".rstrip("0").rstrip(".")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    out = sys.stdout.write
    segments = 0

    def seg(text):
        nonlocal segments
        segments += 1
        out(text + "~\n")

    out("ISA*00*          *00*          *ZZ*GENERATOR      *ZZ*SAMPLEPAYER    *260401*0800*^*00501*000000001*0*P*:~\n")
    out("GS*HC*GENERATOR*SAMPLEPAYER*20260401*0800*1*X*005010X222A1~\n")
    seg("ST*837*0001*005010X222A1")
    seg("BHT*0019*00*1*20260401*0800*CH")
    seg("NM1*41*2*CLAIM GENERATOR*****46*GENERATOR")
    seg("PER*IC*HELP DESK*TE*5555550100")
    seg("NM1*40*2*SAMPLE HEALTH PLAN*****46*SAMPLEPAYER")
    hl = 1
    seg("HL*1**20*1")
    seg("NM1*85*2*JUNIPER FAMILY PRACTICE*****XX*1234567893")
    seg("N3*12 ORCHARD LANE")
    seg("N4*SPRINGFIELD*IL*627010000")
    seg("REF*EI*123456789")
    previous = None
    for number in range(1, count + 1):
        if previous and rng.random() < 0.03:
            family, dependent, day, lines = previous
        else:
            family = rng.randrange(1, max(2, count // 4))
            dependent = rng.randrange(3) if rng.random() < 0.1 else None
            day = f"2026{rng.randrange(1, 4):02d}{rng.randrange(1, 29):02d}"
            lines = []
            for _ in range(rng.choice([1, 1, 2, 3])):
                code, base = rng.choice(CODES)
                units = rng.choice([1, 1, 1, 2])
                lines.append((code, base * units + rng.randrange(0, 2000), units))
        previous = (family, dependent, day, lines)
        hl += 1
        seg(f"HL*{hl}*1*22*{0 if dependent is None else 1}")
        seg(f"SBR*P*{'18' if dependent is None else ''}*GROUP1******CI")
        seg(f"NM1*IL*1*{LAST[family % 10]}*{FIRST[family % 12]}****MI*GEN{family:08d}")
        seg("N3*4 SAMPLE STREET")
        seg("N4*SPRINGFIELD*IL*627010000")
        seg(f"DMG*D8*19{50 + family % 50}0{1 + family % 9}15*{'F' if family % 2 else 'M'}")
        seg("NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SAMPLE01")
        if dependent is not None:
            hl += 1
            seg(f"HL*{hl}*{hl - 1}*23*0")
            seg("PAT*19")
            seg(f"NM1*QC*1*{LAST[family % 10]}*{FIRST[(family + dependent + 1) % 12]}")
            seg("N3*4 SAMPLE STREET")
            seg("N4*SPRINGFIELD*IL*627010000")
            seg(f"DMG*D8*20{10 + dependent}0315*F")
        total = sum(charge for _, charge, _ in lines)
        seg(f"CLM*GEN-{number}*{money(total)}***11:B:1*Y*A*Y*Y")
        seg("HI*ABK:Z0000")
        for index, (code, charge, units) in enumerate(lines, 1):
            seg(f"LX*{index}")
            seg(f"SV1*HC:{code}*{money(charge)}*UN*{units}***1")
            seg(f"DTP*472*D8*{day}")
    segments += 1
    out(f"SE*{segments}*0001~\nGE*1*1~\nIEA*1*000000001~\n")


main()
