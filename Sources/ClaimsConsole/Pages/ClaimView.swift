import BankProtocol
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// Everything on record about a claim, and what a person may do about it.
struct ClaimView: PageView {
  static let template = "claim"
  static let place = "/claims"
  let title: String
  var alert: String?
  var notice: String?
  let claim: ShownClaim
  let facts: [Fact]
  let amounts: [Fact]
  let proposal: ProposalView?
  let waits: Waits?
  let acts: ActsView?
  let form: FormView?
  let lines: [Line]
  let payments: [Payment]
  let postings: [Posting]
  let hasPostings: Bool
  let told: [Told]
  let byHand: [ByHand]
  let timeline: Timeline
  let hasLetter: Bool

  struct Fact: Sendable {
    let label: String
    let value: String
    var path: String?
  }

  struct Waits: Sendable {
    let text: String
    let code: String
    let lines: String?
    let others: [Fact]
    /// How the claim resembles the others; empty where that is not the reason.
    let resemblances: [String]
    let since: String
    /// Nil for nobody.
    let assignee: String?
    let notes: [Note]
    /// Nil if the visitor only reads.
    let desk: Desk?
  }

  struct Note: Sendable {
    let at: String
    let person: String
    let text: String
  }

  /// The forms for notes and for who looks after the claim.
  struct Desk: Sendable {
    let path: String
    let note: String
    let assignee: String
  }

  struct Line: Sendable {
    let number: Int
    let code: String
    let isDenied: Bool
    let charge: String
    let allowed: String
    let member: String
    let paid: String
    let adjustments: [Reason]
  }

  struct Reason: Sendable {
    let code: String
    let amount: String
    let title: String
    let text: String
    let rule: String
    let ruleID: String
    let inputs: String
  }

  struct Payment: Sendable {
    let id: String
    let state: String
    let amount: String
    let payee: String
    let transfer: String?
    let interest: String?
    let withheld: String?
    /// What the bank has signed about the transfer, and about its return.
    let receipts: [String]
  }

  struct Posting: Sendable {
    let debit: String
    let credit: String
    let amount: String
    let party: String
  }

  struct Told: Sendable {
    let part: String
    let remittance: String
    let path: String?
  }

  struct ByHand: Sendable {
    let act: String
    let person: String
    let reason: String
    let at: String
  }
}

extension ClaimView {
  /// - Parameters:
  ///   - waiting: what the claim waits for; nil if it does not.
  ///   - acts: the forms of the acts that the visitor may do.
  ///   - desk: the forms of notes and assignment; nil if the visitor may not use them.
  init(
    _ file: ClaimFile, proposal: ProposalView?, waiting: SuspendedClaim?, body: SubmittedClaim?, acts: ActsView?,
    desk: Desk?, timeline: Timeline
  ) {
    let row = file.row
    title = "Claim \(row.claimNumber)"
    claim = ShownClaim(row)
    facts = Self.facts(of: file)
    amounts = Self.amounts(of: row)
    self.proposal = proposal
    waits = waiting.map { Waits($0, desk: desk) }
    self.acts = acts
    form = body.map(FormView.init)
    lines = file.decision?.lines.map(Line.init) ?? []
    payments = file.payments.map(Payment.init)
    postings = file.postings.map(Posting.init)
    hasPostings = !postings.isEmpty
    told = file.told.map(Told.init)
    byHand = file.acts.map(ByHand.init)
    self.timeline = timeline
    hasLetter = row.status == .paid || row.status == .denied
  }

  private static func facts(of file: ClaimFile) -> [Fact] {
    let row = file.row
    var facts = [
      Fact(label: "Our number", value: row.id.text), Fact(label: "Payer", value: row.payerID.text),
      Fact(label: "Received", value: row.receivedOn.description), Fact(label: "Rules", value: row.ruleset.text),
    ]
    if let plan = file.response?.planID { facts.append(Fact(label: "Plan", value: plan.text)) }
    if let prior = row.revises {
      let label = row.replaced == nil ? "Asks to replace" : "Takes the place of"
      // A provider may name a number that none of our claims has.
      let isOurs = (try? ClaimIntakeID(inPath: prior.text)) != nil
      facts.append(Fact(label: label, value: prior.text, path: isOurs ? "/claims/\(prior)" : nil))
    }
    if let next = file.replacedBy {
      facts.append(Fact(label: "Replaced by", value: next.text, path: "/claims/\(next)"))
    }
    return facts
  }

  private static func amounts(of row: ClaimRow) -> [Fact] {
    var amounts = [Fact(label: "Charge", value: row.charge.dollars)]
    if let decided = row.amounts {
      amounts += [
        Fact(label: "Allowed", value: decided.allowed.dollars),
        Fact(label: "Member", value: decided.memberResponsibility.dollars),
        Fact(label: "Plan pays", value: decided.planPaid.dollars),
      ]
    }
    return amounts
  }
}

extension ClaimFile {
  /// The decision; nil while the claim is not decided.
  fileprivate var decision: Decision? {
    if case .decided(let decision)? = response?.verdict { decision } else { nil }
  }
}

extension ClaimView.Waits {
  fileprivate init(_ waiting: SuspendedClaim, desk: ClaimView.Desk?) {
    (text, code, self.desk) = (waiting.text, waiting.code, desk)
    (since, assignee) = ("\(waiting.since)", waiting.assignment?.assignee)
    notes = waiting.notes.map { ClaimView.Note(at: $0.at.text, person: $0.person, text: $0.text) }
    lines = waiting.lines.isEmpty ? nil : waiting.lines.map(String.init).joined(separator: ", ")
    others = waiting.otherClaims.map { ClaimView.Fact(label: "Compare", value: $0.text, path: "/claims/\($0)") }
    resemblances = waiting.resemblances.map { "\($0.claimID): \($0.text)" }
  }
}

extension ClaimView.Line {
  fileprivate init(_ line: LineDecision) {
    (number, code, isDenied) = (line.number, line.code, line.isDenied)
    (charge, allowed) = (line.charge.grouped, line.allowed.grouped)
    (member, paid) = (line.memberResponsibility.grouped, line.paid.grouped)
    adjustments = line.adjustments.map(ClaimView.Reason.init)
  }
}

extension ClaimView.Reason {
  fileprivate init(_ adjustment: Adjustment) {
    let words = PlainWords(adjustment.group, adjustment.reason, remark: adjustment.remark)
    let plain = PlainRule(adjustment.explanation)
    code = adjustment.code + (adjustment.remark.map { " \($0)" } ?? "")
    amount = adjustment.amount.grouped
    (title, text) = (words.title, words.text)
    (rule, ruleID, inputs) = (plain.title, adjustment.explanation.rule.rawValue, plain.inputs)
  }
}

extension ClaimView.Payment {
  fileprivate init(_ payment: PaymentRow) {
    (id, state) = (payment.id.text, payment.state.rawValue)
    (amount, payee) = (payment.amount.grouped, payment.payee.reference)
    transfer = payment.transferID
    interest = payment.interest == .zero ? nil : payment.interest.grouped
    withheld = payment.withheld == .zero ? nil : payment.withheld.grouped
    receipts = [payment.receipt, payment.returnReceipt].compactMap(\.self)
  }
}

extension ClaimView.Posting {
  fileprivate init(_ posting: LedgerPosting) {
    (debit, credit) = (posting.debit.rawValue, posting.credit.rawValue)
    (amount, party) = (posting.amount.grouped, posting.party)
  }
}

extension ClaimView.Told {
  fileprivate init(_ part: ReportedPart) {
    self.part = part.part.rawValue
    remittance = part.remittance?.text ?? "due in the check run under way"
    path = part.remittance.map { "/remittances/\($0)" }
  }
}

extension ClaimView.ByHand {
  fileprivate init(_ act: OperatorAct) {
    self.act = act.act + (act.waived.isEmpty ? "" : ", setting aside \(act.waived.joined(separator: ", "))")
    (person, reason, at) = (act.person, act.reason, act.at.text)
  }
}
