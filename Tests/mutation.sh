#!/usr/bin/env bash
# Checks that the tests notice a missing protection: removes each protection from the source in turn, runs the tests that
# guard it, and fails if they still pass. The source is always restored. With `fit`, only lists the mutations that no
# longer match the source.
set -uo pipefail
cd "$(dirname "$0")/.."
fit=${1:-}
[ "$fit" = fit ] || git diff --quiet || { echo "mutation: commit or stash your changes first"; exit 64; }
[ "$fit" = fit ] || trap 'git checkout --quiet -- Sources Migrations' EXIT

survivors=0
# name, file, text to find (a fixed string, or several separated by @@), replacement, tests to run
mutate() {
  local name=$1 file=$2 find=$3 put=$4 tests=$5
  python3 - "$file" "$find" "$put" "$fit" <<'PY' || { echo "mutation: $name no longer fits $file"; survivors=$((survivors + 1)); return; }
import sys
path, find, put, fit = sys.argv[1:]
text = open(path).read()
for find, put in zip(find.split("@@"), put.split("@@")):
    if find not in text: sys.exit(1)
    text = text.replace(find, put)
if fit != "fit": open(path, "w").write(text)
PY
  [ "$fit" = fit ] && return
  local log; log=$(mktemp)
  if swift test --filter "$tests" >"$log" 2>&1; then
    echo "SURVIVED  $name"
    survivors=$((survivors + 1))
  elif ! grep -q "recorded an issue" "$log"; then
    echo "BROKEN    $name: no test was run"; tail -5 "$log"
    survivors=$((survivors + 1))
  else
    echo "killed    $name  ($(grep -cE 'recorded an issue' "$log") issues)"
  fi
  rm -f "$log"
  git checkout --quiet -- Sources Migrations
}

mutate "the fence: a late write is taken" Sources/DurableSQL/Keys/SQLTransaction+Keys.swift \
  "key = \$16 AND epoch = \$17 AND \\(hasStatus)@@WHERE key = \$1 AND epoch = \$2 AND" \
  "key = \$16 AND CAST(\$17 AS BIGINT) IS NOT NULL AND CAST(\$18 AS TEXT) IS NOT NULL@@WHERE key = \$1 AND CAST(\$2 AS BIGINT) IS NOT NULL AND" "FenceTests"
mutate "the fence of a delivery: a late report of a sender is taken" Sources/ClaimStore/SQL/ClaimTransaction+Deliveries.swift \
  "\"number = \$1 AND epoch = \$2 AND status = 'sending'\"" "\"number = \$1 AND CAST(\$2 AS BIGINT) IS NOT NULL\"" "SharedSendingTests"
mutate "the order of a claim's events outward" Sources/ClaimStore/SQL/ClaimTransaction+Deliveries.swift \
  "AND e.number < d.number AND" "AND e.number < 0 AND" "WebhooksTests.DeliveryTests"
mutate "a batch is its sender's" Sources/ClaimsAPI/Routes/BatchRoutes.swift \
  'sender == nil || $0.sender == sender ?' 'sender == nil || $0.sender != "" ?' "BatchesOverHTTPTests"
mutate "the unique constraint on standing payments" Migrations/Claims/sqlite_claims_0001.sql \
  "CREATE UNIQUE INDEX one_standing_payment" "CREATE INDEX one_standing_payment" "ProtectionTests"
mutate "a file that is put away writes over no other" Sources/ClaimOperations/Output/FileMove.swift \
  "    if link(path, name) == 0 {" "    if rename(path, name) == 0 {" "FinishedFilesTests"
mutate "a file that has changed since it was read stays" Sources/ClaimOperations/Output/FinishedFiles.swift \
  "guard FileStamp(file.path) == file.stamp else" "guard FileStamp(file.path) != nil else" "FinishedFilesTests"
mutate "a claim is received on no day of the future" Sources/ClaimOperations/Receipt/DayOfReceipt.swift \
  "case .day(let day, _) where day <= today: return day" \
  "case .day(let day, _) where day <= today || day > today: return day" "StatedReceiptTests"
mutate "the status query after a takeover" Sources/DurableExecution/Runner/Settle.swift \
  "next = intent.isTakeover ? .ask : .prepare" "next = .prepare" "FenceTests"
mutate "the status query after an unclear reply" Sources/DurableExecution/Runner/Settle.swift \
  "    next = .ask" "    next = .prepare" "ProtectionTests"
mutate "the fingerprint: other content is replayed as if it were the same" Sources/DurableExecution/Runner/Acquisition.swift \
  "guard existing.fingerprint == ask.fingerprint else" "guard existing.attempts > 0 else" "AgentTests"
mutate "the lease: a pending key is taken while its owner lives" Sources/DurableExecution/Runner/Acquisition.swift \
  "case .pending(let held) where held.expiresAt > now:" "case .pending(let held) where held.expiresAt < Timestamp(microseconds: 0):" "FenceTests"
mutate "the lease: one from a clock that ran ahead is believed" Sources/DurableExecution/Records/KeyRecord.swift \
  "lease.expiresAt > now.adding(lease.length * 2)" "lease.expiresAt < Timestamp(microseconds: 0)" "WrongClockTests"
mutate "one claim's error is looked for claim by claim" Sources/ClaimPipeline/Phases/Batch.swift \
  "let middle = steps.count / 2" "let middle = 1" "ClaimPipelineTests.PoisonClaimTests"
mutate "one order fails the bank's whole batch" Sources/BankSimulator/Bank.swift \
  "where error.isOfOneRequest {" "where error.isOfOneRequest && requests.isEmpty {" "OneBadOrderTests"
mutate "a payment counts without the bank's receipt" Sources/BankProtocol/BankAnswer.swift \
  "verifier.accepts(text, of: receipt, for: order) else { return nil }" \
  "!text.isEmpty || verifier.accepts(text, of: receipt, for: order) else { return nil }" "BankReceiptTests"
mutate "a receipt counts whoever has signed it" Sources/Signatures/CompactJWS.swift \
  "guard key.isSignature(signature, of: Array(input)) else" \
  "guard key.isSignature(signature, of: Array(input)) || !input.isEmpty else" "BankReceiptTests"
mutate "a signature is good for another request" Sources/BankProtocol/OrderSignature.swift \
  "guard signed == SignedOrder(parts, issuer: issuer, bank: bank) else" \
  "guard signed.issuer == issuer.text || signed == SignedOrder(parts, issuer: issuer, bank: bank) else" \
  "SignedOrderTests"
mutate "a bank with another key is sent orders" Sources/BankClient/BankTrust.swift \
  "guard key == nil || bankKey == key?.id else" "guard key == nil || bankKey != nil else" "BankReceiptTests"
mutate "a transfer that is being taken back pays its claim" Sources/ClaimPipeline/Payment/AdoptionActivity.swift \
  "return status == .pending" "return status == .failed" "AdoptionTests"
mutate "money that came back for a found transfer is taken for known" Sources/ClaimStore/SQL/ClaimTransaction+Bank.swift \
  "return Set(kept).union" "return Set(kept + transfers.map(\.number)).union" "BankLinkTests"
mutate "a lease that ended is for a person" Sources/BankProtocol/Failure+Code.swift \
  "case .leaseEnded: return .now" "case .leaseEnded: return .person" "FailureCodeTests"
mutate "a cached plan that no longer fits is taken for an outage" Sources/PostgresDriver/PostgresError.swift \
  "case .featureNotSupported, .invalidStatementName" "case .invalidStatementName" "PostgresRefusalTests"
mutate "a pooler that gives one session to many is taken for a server" Sources/DurablePostgres/PostgresStore.swift \
  "guard wire.isBehindPooler, try" "guard !wire.isBehindPooler, try" "PgBouncerTests"
mutate "a return that the bank refused accounts for money that came back" \
  Sources/ClaimStore/SQL/ClaimTransaction+Bank.swift \
  ".value.status != .failed }" ".value.epoch >= .first }" "AdoptionTests"
mutate "the optimistic version of claims" Sources/ClaimStore/SQL/ClaimTransaction+Claims.swift \
  "claim_intake_id = \$11 AND version = \$12" "claim_intake_id = \$11 AND CAST(\$12 AS BIGINT) IS NOT NULL" "ConformanceTests"
mutate "an update of many rows: one that changes nothing" Sources/DurablePostgres/PostgresSession.swift \
  "first(where: { !changed.contains(\$0) })" "first(where: { _ in false })" "PostgresRowSetTests"
mutate "the archive: an index that does not reach far enough is believed" Sources/DurableSQL/Archive/ArchiveIndex.swift \
  "state.incarnation == incarnation, state.reach >= last" "state.incarnation == incarnation" "ArchiveIndexTests"
mutate "the archive: a number is given out again" Migrations/Durable/sqlite_durable_0001.sql \
  "INTEGER PRIMARY KEY AUTOINCREMENT" "INTEGER PRIMARY KEY" "ArchiveIndexTests"
mutate "the archive: numbers that are not committed are believed" Sources/DurableSQL/Keys/SQLTransaction+Keys.swift \
  "guard let archiveIndex, !hasMovedKeys" "guard let archiveIndex" "ArchiveIndexTests"
mutate "the answer to another request is taken for one's own" Sources/BankClient/HTTPPaymentBank.swift \
  "guard response.headers.first(name: BankHeader.requestID) == id else" "guard !id.isEmpty else" "FaultTests"
mutate "a replaced claim still stands in the way of its successor's services" Sources/ClaimStore/SQL/ClaimTransaction+Decisions.swift \
  "AND c.status <> 'replaced'" "AND c.status <> 'nothing'" "Reversal"
mutate "interest and what is withheld are worked out anew by whoever goes on with a payment" Sources/ClaimPipeline/Payment/PaymentTerms.swift \
  "under: request.key.text)] {" "under: request.key.text)], payment.amount < .zero {" "LatePaymentTests"
mutate "what a payment withheld is told in any order" Sources/ClaimStore/SQL/ClaimTransaction+CheckRuns.swift \
  " AND q.reversed_step < p.withheld_step" "" "WithheldCheckTests"
mutate "the cache: a key taken for new is inserted beside the archived one" Sources/DurableSQL/Keys/SQLTransaction+Keys.swift \
  "WHERE NOT EXISTS (SELECT 1 FROM archived_keys WHERE key = \$24)" "WHERE CAST(\$24 AS TEXT) IS NOT NULL" "CacheTests"
mutate "the cache: keys taken for new are not looked up before the commit" Sources/DurablePostgres/PostgresStore.swift \
  "          try transaction.proveHints()" "" "CacheTests"
mutate "the cache: its bytes are believed" Sources/DurableSQL/Keys/SQLTransaction+Keys.swift \
  "bodies[\$0.key] != nil && \$0.response?.isIntact == false" "bodies[\$0.key] != nil && \$0.response == nil" "CacheTests"
mutate "a stored adjustment loses its remark" Sources/ClaimStore/Canonical/CanonicalDecision.swift \
  "    try object.member(\"remark\", remark)" "" "StoredBytesTests"
mutate "the queue looks for a claim among those that were ever leased" Sources/ClaimStore/SQL/ClaimTransaction+Queue.swift \
  "epoch = \$2 AND lease_owner IS NOT NULL" "epoch = \$2 AND status = 'leased'" "StatementPlanTests"
mutate "what became of an unanswered commit is guessed" Sources/DurablePostgres/PostgresStore.swift \
  'case "committed": return true' 'case "committed": return false' "PostgresConflictTests"
mutate "the queue's limit: two that submit count on the same room" Sources/ClaimStore/SQL/ClaimTransaction+QueueSubmission.swift \
  "WHERE id = 1 \\(.locking)" "WHERE id = 1" "QueueLimitTests"

mutate "a bank is believed to be the store's own" Sources/ClaimsApp/Setup/BankConnection.swift \
  "guard linked == nil || linked?.bank == found.link.bank else" "guard linked == nil || linked?.bank != nil else" "OneBankTests"
mutate "the bank on record may be replaced by another" Sources/ClaimStore/SQL/ClaimTransaction+Bank.swift \
  "guard linked.bank == bank.bank else" "guard linked.accountedThrough >= 0 else" "BankLinkTests"
mutate "a bank does what is meant for another" Sources/BankSimulator/Server/BankMiddleware.swift \
  "named.allSatisfy { \$0 == bank.text }" "named.allSatisfy { !\$0.isEmpty }" "BankIdentityTests"
mutate "one standing payment for each payer and origin" Sources/BankSimulator/Books/PaymentRow.swift \
  "AND tracking_id <> ?3 AND state = 'committed'" "AND tracking_id = ?3 AND state = 'committed'" "OneStandingPaymentTests"
mutate "a store behind its bank pays as if it were level" Sources/ClaimOperations/Reconciliation/Reconciliation.swift \
  "return unknown == 0 ? .level : .behind(transfers: unknown)" "return unknown >= 0 ? .level : .behind(transfers: unknown)" "RestoredStoreTests"
mutate "what the bank has paid is not taken over" Sources/ClaimPipeline/Payment/AdoptionActivity.swift \
  "guard !found.isEmpty else { return [:] }" "guard found.isEmpty else { return [:] }" "RestoredStoreTests"
mutate "a standing of another amount is taken for the payment" Sources/BankProtocol/BankAnswer.swift \
  "amount == order.amount && payer == order.payer" "payer == order.payer" "ContradictionTests"

mutate "a payment is not ordered as one of its chain" Sources/ClaimPipeline/Payment/PaymentActivity.swift \
  "origin: call.request.origin.text, corrects" "origin: call.request.claim.id.text, corrects" "RestoredDecisions|CorrectionTests"
mutate "a claim is decided while the bank has paid another of its chain" \
  Sources/ClaimPipeline/Reversal/ReplacementGate.swift \
  "guard rows[id]?.adjudicationID == nil, !chain" "guard rows[id]?.adjudicationID != nil, !chain" "RestoredDecisions"
mutate "a payment that came back is due under its old key" Sources/ClaimPipeline/Payment/AdoptionActivity.swift \
  "return standing.isEmpty && leaving.isEmpty && cameBack" "return !standing.isEmpty && leaving.isEmpty && cameBack" \
  "RestoredDecisions"

mutate "a modifier that prices is taken for one that informs" Sources/ClaimsDomain/Plan/Pricing.swift \
  "(Self.ownFees.contains(modifier) ? .ownFee : nil)" "(Self.ownFees.isEmpty ? .ownFee : nil)" "PricingModifierTests"
mutate "a member file undoes an enrollment transaction" Sources/ClaimsApp/Setup/MemberDirectoryLoad.swift \
  "filter { !settled.contains(\$0.enrollment.number) && " "filter { " "SettledEnrollmentTests"
mutate "a sender that tests is paid through the queue" Sources/ClaimsDomain/Adjudication/ClaimValidation.swift \
  "if claim.revision == nil, claim.isTest != true," "if claim.revision != nil, claim.isTest != true," "PartnerProfileTests"
mutate "a question is about the subscriber before it" Sources/ClaimFormats/X12/Eligibility/InquiryReader.swift \
  "context = isPlaced && level != \"20\" ? parent ?? Context() : Context()" "context.problem = nil" "OtherGuideTests"
mutate "the member owes after Medicare whatever the primary left" Sources/ClaimsDomain/Plan/CoordinationOfBenefits.swift \
  "guard self == .medicareSecondary else { return min(share, left) }" "guard self == .carveOut else { return min(share, left) }" "MedicareSecondaryClaimTests"
mutate "claims of one visit each take a copay" Sources/ClaimsDomain/Adjudication/MemberShare.swift \
  "if let scope { added.append((scope, amount)) }" "" "SharedCopayTests"
mutate "care that two claims are paid for is overlooked" Sources/Verification/Verifier+Pages.swift \
  "unwaived.count > 1" "unwaived.count > 9" "DamageTests"
mutate "a person prices a line that the rules price" Sources/ClaimsApp/Revision/ClaimAdjuster.swift \
  "if let price = left.prices.first {" "if let price = left.prices.first, price.line < 0 {" "ExaminerTests"
mutate "the whole anesthesia of a day is paid twice" Sources/ClaimsDomain/Anesthesia/AnesthesiaShare.swift \
  "case .whole: Part.allCases" "case .whole: []" "AnesthesiaShareTests"
mutate "a number is paid for whoever names it" Sources/ClaimsDomain/Claim/MemberIdentity.swift \
  "if bothBorn, self.birthDate != birthDate { return .birthDate }" "" "MemberIdentityTests"
mutate "care of several days is looked at on its first day alone" Sources/ClaimsDomain/Adjudication/CodeEditing.swift \
  "line.days.days.compactMap { EditedLine(line.line, on: \$0) }" "[EditedLine(line.line, on: line.day)].compactMap(\.self)" "SplitDayTests"
mutate "the further days of a line are not kept" Sources/ClaimStore/SQL/ClaimTransaction+Decisions.swift \
  "keptDays(of: line).enumerated().dropFirst()" "keptDays(of: line).enumerated().dropFirst(400)" "NearDuplicateTests"
mutate "care that resembles other care never waits" Sources/ClaimsDomain/Adjudication/Resemblance.swift \
  "score >= Self.waiting" "score > 100" "NearDuplicateTests"
mutate "care a day apart is not looked for" Sources/ClaimPipeline/Adjudication/AllowedCare.swift \
  "asked.count == signature.days.count ? signature.neighbors : []" "asked.isEmpty ? signature.neighbors : []" "OneCareTests"
mutate "the service: a report under an old epoch counts" Sources/DurableExecution/Service/OwnerReport.swift \
  "guard record.epoch == epoch else" "guard record.epoch >= epoch else" "OwnerReportTests"
mutate "the service: the epoch of a returned key belongs to somebody" Sources/DurableExecution/Service/OwnerReport.swift \
  "case .pending where record.isReleased:" "case .pending where record.attempts < 0:" "OwnerReportTests"
mutate "the service: a longer lease keeps its old length, and is not believed" \
  Sources/DurableExecution/Service/OwnerReport.swift \
  "length: length, owner: lease.owner" "length: lease.length, owner: lease.owner" "OwnerReportTests"
mutate "the service: a caller that loses a race fails" Sources/DurableExecution/Service/KeyService.swift \
  "for _ in 1...8 {" "for _ in 0..<0 {" "KeyServiceTests"
mutate "transactions run again after a commit that may have been made" Sources/DurableExecution/Durable/CommitGroup.swift \
  ".newerSchema, .otherBuild: mayLieInOne = false" ".newerSchema, .otherBuild: mayLieInOne = true" "CommitGroupTests"
mutate "a result is given out before the commit" Sources/DurableExecution/Durable/CommitGroup.swift \
  "try member.work.body(transaction)" "try member.work.body(transaction); member.end(.success(()))" "CommitGroupTests"
mutate "of claims that share a batch, callers get the first one's results" Sources/ClaimPipeline/ConcurrentClaims.swift \
  "first += caller.work.count" "first += caller.work.count * 0" "ConcurrentClaimsTests"
mutate "a Redis that is gone ends the process" Sources/DurableRedis/RedisWire.swift \
  "Int32(MSG_NOSIGNAL)" "0" "RedisTests"
mutate "a busy server is taken for a lost one" Sources/PostgresDriver/Connection/PostgresLiveness.swift \
  "guard suspicion != activity, now" "guard suspicion != activity, activity != .noAnswer, now" "SilenceTests"

mutate "one examiner moves more than one may" Sources/ClaimPipeline/MoneyLimit.swift \
  "guard try allows(moved.value, transaction) else" "guard try allows(moved.value, transaction) || moved.place >= 0 else" "MoneyLimitTests"
mutate "what comes back from replaced claims does not count" Sources/ClaimPipeline/MoneyLimit.swift \
  "?? .zero) - returned" "?? .zero) - min(returned, .zero)" "FourEyesTests"
mutate "acts on a claim do not add up" Sources/ClaimsApp/Revision/ClaimAdjuster+FourEyes.swift \
  "Self.size(of: earlier + moves)" "Self.size(of: moves)" "SmallActsTests"
mutate "whoever proposed an act approves it" Sources/ClaimsApp/Revision/ClaimAdjuster+FourEyes.swift \
  "guard proposal.signOff.person != signOff.person else" "guard proposal.signOff.person != signOff.reason else" "FourEyesTests"
mutate "an act on many claims goes on with what was not shown" Sources/ClaimsApp/Bulk/BulkDesk.swift \
  "limit: amount, followsReplacements: false" "limit: amount, followsReplacements: true" "BulkTests"
mutate "an answer from memory is that of another request" Sources/ClaimsAPI/Requests/AnswerMemory.swift \
  "state.answers[asked.key], remembered.fingerprint == asked.fingerprint else" "state.answers[asked.key] else" "AnswerMemoryTests"
mutate "a caller in haste is not told to wait" Sources/ClaimsAPI/Requests/CallerRates.swift \
  "guard wait <= .zero else" "guard wait <= .seconds(9) else" "CallerRatesTests"
mutate "an approval is of whatever is proposed by now" Sources/ClaimsApp/Revision/ClaimAdjuster+FourEyes.swift \
  "guard proposal.number == number else" "guard proposal.number >= 0 else" "FourEyesTests"
mutate "other rules set a person's denial aside" Sources/ClaimPipeline/Revision/StandingClaim.swift \
  "denial ?? (cause == .appeal ? nil : before?.denial)" "denial ?? (cause == .denial ? before?.denial : nil)" "AdjustTests"
mutate "what a refused payment withheld is forgiven" Sources/ClaimPipeline/Phases/UnpaidClaim.swift \
  "record.failedOnHold && !wasBegun" "record.failedOnHold && (wasBegun || !wasBegun)" "PayeeHoldTests"
mutate "a path leaves in a trace" Sources/Telemetry/Traces/OTLPDocument.swift \
  "if exported.contains(key) {" "if !exported.isEmpty, !key.isEmpty {" "OTLPDocumentTests"
mutate "an unsigned void of money that went out is believed" Sources/BankProtocol/BankAnswer.swift \
  "transferID.isEmpty ? !order.bringsBack" "transferID.isEmpty ? !order.bringsBack || order.bringsBack" "BankReceiptTests"

if [ "$survivors" -ne 0 ]; then echo "$survivors not noticed"; exit 1; fi
[ "$fit" = fit ] && echo "every mutation fits" || echo "every mutation was noticed"
