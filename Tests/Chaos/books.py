"""Checks the results of a campaign in the bank's own database, never in ours."""
import sqlite3
import subprocess


def transfers(bank_database):
    """Returns how often each claim was paid and how often a payment came back, by the bank's records."""
    connection = sqlite3.connect(f"file:{bank_database}?mode=ro", uri=True)
    counts = {}
    for reference, cents in connection.execute("SELECT reference, amount_cents FROM transfers"):
        paid, back = counts.get(reference, (0, 0))
        counts[reference] = (paid + 1, back) if cents > 0 else (paid, back + 1)
    connection.close()
    return counts


def check(claims, store, bank_database, submitted):
    """Returns the findings; none if nothing was lost and nothing was paid twice."""
    findings = []
    counts = transfers(bank_database)
    twice = [reference for reference, (paid, back) in counts.items() if paid - back > 1]
    if twice:
        findings.append(f"{len(twice)} claims are paid more than once, {twice[0]} among them")
    due = set(store.query(
        "SELECT claim_intake_id FROM paidonce.payments WHERE state IN ('intended', 'paid')").split())
    standing = {reference for reference, (paid, back) in counts.items() if paid - back == 1}
    if due - standing:
        findings.append(
            f"{len(due - standing)} payments on our books were never made by the bank, "
            f"{sorted(due - standing)[0]} among them")
    if standing - due:
        findings.append(f"{len(standing - due)} payments of the bank are not on our books")
    # The campaign's bank loses, repeats and delays messages; it never refuses a payment.
    refused = store.query("SELECT claim_intake_id FROM paidonce.payments WHERE state NOT IN ('intended', 'paid', 'nothing-due')")
    if refused:
        findings.append(f"{len(refused.split())} payments are refused or voided on our books, {refused.split()[0]} among them")
    decided = int(store.query(
        "SELECT count(*) FROM paidonce.claims WHERE status IN ('paid', 'denied', 'suspended') AND audit_key IS NOT NULL"))
    if decided != submitted:
        findings.append(f"{submitted} claims were submitted, {decided} are at their end")
    left = store.query("SELECT count(*) FROM paidonce.claim_queue")
    if left != "0":
        findings.append(f"{left} claims are left in the queue")
    verify = subprocess.run(
        [claims, "verify", "--store", store.address(), "--bank-db", bank_database], capture_output=True, text=True)
    if verify.returncode != 0:
        findings += ["claims verify: " + line for line in (verify.stdout + verify.stderr).strip().splitlines()[-6:]]
    return findings, len(standing)
