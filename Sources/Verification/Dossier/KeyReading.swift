import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// The content of a key's row once its bytes are verified to be those that were written. A broken row is reported where
/// it is read and not compared with anything else.
///
/// The enum is indirect because dossiers pass readings around and a decision is large.
indirect enum KeyReading: Sendable {
  case pending
  case intake(IntakeResponse)
  case eligibility(EligibilityResponse)
  case adjudication(AdjudicationResponse)
  case payment(PaymentResponse)
  case void(VoidResponse)
  case reversal(ReversalResponse)
  case audit(AuditResponse)
  /// A definitive refusal.
  case refused(StoredRefusal)
  /// An intact row of an effect that is not a claim's. Others may keep their keys here too.
  case foreign
  case broken(Invariant, String)

  init(_ row: KeyRow) {
    if let fault = row.fault {
      self = .broken(.storedResponse, fault)
    } else if let bytes = row.response, let status = row.status {
      self.init(effect: row.effect, status: status, bytes: bytes)
    } else {
      self = .pending
    }
  }

  /// Reads a retired answer; returns nil when it differs from what was written.
  init?(_ answer: RetiredAnswer) {
    guard ContentDigest.sha256(answer.response) == answer.responseDigest else { return nil }
    self.init(effect: answer.key.effect, status: .completed, bytes: answer.response)
  }

  private init(effect: String, status: KeyStatus, bytes: [UInt8]) {
    do {
      self = try Self.reading(effect, isRefusal: status == .failed, bytes)
    } catch let error as BalanceError {
      self = .broken(.decisionBalances, "the stored decision does not balance: \(error)")
    } catch {
      self = .broken(.storedResponse, "the stored bytes do not read as a response of this effect")
    }
  }

  private static func reading(_ effect: String, isRefusal: Bool, _ bytes: [UInt8]) throws -> KeyReading {
    switch effect {
    case IntakeKey.effect where !isRefusal: .intake(try StoredDocument.decode(IntakeResponse.self, from: bytes))
    case EligibilityKey.effect where !isRefusal:
      .eligibility(try StoredDocument.decode(EligibilityResponse.self, from: bytes))
    case AdjudicationKey.effect where !isRefusal:
      .adjudication(try StoredDocument.decode(AdjudicationResponse.self, from: bytes))
    case PaymentKey.effect where !isRefusal: .payment(try StoredDocument.decode(PaymentResponse.self, from: bytes))
    case VoidKey.effect where !isRefusal: .void(try StoredDocument.decode(VoidResponse.self, from: bytes))
    case ReversalKey.effect where !isRefusal: .reversal(try StoredDocument.decode(ReversalResponse.self, from: bytes))
    case AuditKey.effect where !isRefusal: .audit(try StoredDocument.decode(AuditResponse.self, from: bytes))
    case IntakeKey.effect, EligibilityKey.effect, AdjudicationKey.effect, PaymentKey.effect, VoidKey.effect,
      ReversalKey.effect, AuditKey.effect:
      .refused(try StoredDocument.decode(StoredRefusal.self, from: bytes))
    default: .foreign
    }
  }
}
