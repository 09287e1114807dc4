import ClaimFormats
package import ClaimsDomain
import Fixtures
import Foundation

/// Who pays: a file of one's own, or the sample in the binary.
package struct PayerSource: Sendable {
  package let issuer: RemittanceIssuer
  package let isSample: Bool

  /// - Parameter path: nil for the sample.
  /// - Throws: `SetupError.badInput` naming file, line and reason.
  package init(path: String?) throws(SetupError) {
    isSample = path == nil
    do throws(PlanFileError) {
      issuer = try PayerFile(try Self.read(path)).issuer()
    } catch {
      throw InputError.hasRunOutOfDescriptors ? .outOfDescriptors : .badInput("--payer \(error)")
    }
  }

  private static var sizeLimit: Int { 1 << 16 }

  private static func read(_ path: String?) throws(PlanFileError) -> SourceFile {
    guard let path else { return SourceFile(name: SampleFiles.payer.name, bytes: SampleFiles.payer.bytes) }
    do {
      return SourceFile(name: path, bytes: try RegularFile.read(path, limit: sizeLimit))
    } catch {
      throw PlanFileError(file: path, reason: "the file cannot be read: \(error)", advice: "check that it is there")
    }
  }
}
