import ClaimFormats
package import ClaimOperations
import ClaimPipeline

extension FinishedFiles {
  /// Takes note of what a result means for its file. A file fails by what makes the exit status 65, and stays by what makes
  /// it 69.
  package mutating func note(_ result: ClaimResult) {
    switch result.kind {
    case .claim(_, _, .audited): break
    case .claim(_, _, .rejected), .rejected: note(.failed, of: result.source)
    case .claim(_, _, .unsettled(let unsettled)):
      note(ClaimReport.Status(unsettled) == .unknown ? .stays : .failed, of: result.source)
    case .fault(let fault): if fault.severity == .error { note(.failed, of: result.source) }
    case .form(let form): if form.isDiscarded { note(.failed, of: result.source) }
    case .passedOver: note(.stays, of: result.source)
    }
  }
}
