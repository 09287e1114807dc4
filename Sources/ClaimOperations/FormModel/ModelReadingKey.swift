import ClaimFormats
package import DurableExecution

/// The key of what a model reads on a page: `idemp:page-model:{page_digest}:{model}:{prompt_version}`.
package struct ModelReadingKey: EffectKey {
  package typealias Response = ModelReadingResponse
  package static let effect = "page-model"
  package static let retention = Retention.financial

  /// SHA-256 of the page's picture, as 64 hex digits.
  package let pageDigest: String
  package let model: String
  package let promptVersion: String

  package init(pageDigest: String, model: String, promptVersion: String = FormReading.modelPromptVersion) {
    (self.pageDigest, self.model, self.promptVersion) = (pageDigest, model, promptVersion)
  }

  package var segments: [String] { [pageDigest, model, promptVersion] }
}

/// The endpoint's answer as it came, whatever it says.
package struct ModelReadingResponse: Hashable, VerbatimResponse {
  /// Whatever the endpoint has sent, which need not be JSON.
  package static let contentType = "application/octet-stream"

  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }
}
