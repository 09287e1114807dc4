import ArgumentParser
import BankProtocol
import BankSimulator
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Webhooks

/// The exit statuses of commands, based on `sysexits.h`; 0 when every claim got a decision.
enum ExitStatus: Int32, CaseIterable {
  /// A check was completed and found harm.
  case checkFailed = 1
  case usage = 64
  /// The input, or a claim in it, cannot be processed as it is. The rest was processed.
  case badInput = 65
  /// The store, the bank, or a file cannot be reached, or not every claim got a decision. The command can be run again.
  case unavailable = 69
  /// A fault of this program.
  case internalError = 70
  case ioError = 74
  /// The process was asked to stop before everything was done. The status is not 0, because otherwise `claims process f
  /// && mv f done/` would lose the rest. It is 128 + SIGINT, as in shells.
  case interrupted = 130

  /// Prints one line about what went wrong, and returns the exit code for it.
  static func of(_ error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    let status = ExitStatus(error)
    Terminal.complain(status == .internalError ? "internal error: \(words(for: error))" : words(for: error))
    return ExitCode(status)
  }

  init(_ followUp: FollowUp) {
    switch followUp {
    case .now, .later: self = .unavailable
    case .person: self = .badInput
    }
  }

  private init(_ error: any Error) {
    switch error {
    case let error as SetupError: self.init(error)
    case let error as StoreFailure: self.init(error)
    case is ValidationError, is OtherBank: self = .usage
    case let refusal as WebhookRefusal: self.init(refusal)
    case is RevisionRefusal, is FormRefusal, is PlanFileError: self = .badInput
    case let error as InputError: self = error.isShortage ? .unavailable : .badInput
    case is BankError, is BankServerError, is BooksFailure: self = .unavailable
    case let failure as ActivityFailure: self.init(failure.followUp)
    case is CancellationError: self = .interrupted
    default: self = .internalError
    }
  }

  private init(_ refusal: WebhookRefusal) {
    switch refusal {
    case .url, .types, .overlap: self = .usage
    case .alreadyThere, .noReceiver, .noDelivery, .stillOpen, .tooManySecrets: self = .badInput
    }
  }

  private init(_ error: SetupError) {
    switch error {
    case .usage: self = .usage
    case .badInput: self = .badInput
    case .unavailable: self = .unavailable
    }
  }

  private init(_ failure: StoreFailure) {
    switch failure {
    case .unreachable, .failed, .busy, .fenced, .stale, .corrupt, .unwritable, .newerSchema, .otherBuild:
      self = .unavailable
    case .data: self = .badInput
    case .constraint: self = .internalError
    }
  }

  /// Returns the words for an error. Our own errors are written for people and carry no personal data; others may quote
  /// the data that caused them.
  private static func words(for error: any Error) -> String {
    switch error {
    case StoreFailure.corrupt: "\(error); run `claims verify`"
    case let error as any CustomStringConvertible: error.description
    case is CancellationError: "stopped before all was done; run it again for the rest"
    default: "\(type(of: error)); nothing that was recorded is lost"
    }
  }
}

extension ExitCode {
  init(_ status: ExitStatus) {
    self.init(status.rawValue)
  }
}
