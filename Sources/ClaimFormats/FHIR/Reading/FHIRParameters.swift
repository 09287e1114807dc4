import StrictText

/// The resource that an operation is given: the whole body, or the parameter `resource` of Parameters.
package enum FHIRParameters {
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: `Refusal` when the body is Parameters without the one resource; `InputError`.
  package static func resource(in body: [UInt8]) throws -> [UInt8] {
    var scanner = FHIRScanner(MemoryBytes(body))
    guard let found = try scanner.next(), found.type == "Parameters" else { return body }
    guard body.count <= JSONLimits.recordLength else {
      throw Refusal(
        description: "Parameters are longer than \(JSONLimits.recordLength) bytes; send the Bundle that is in them")
    }
    let value: FHIRValue
    do throws(StrictJSON.Defect) {
      value = try FHIRValue(parsing: body)
    } catch let defect {
      throw Refusal(description: "\(defect.path.isEmpty ? "the body" : defect.path) \(defect.reason)")
    }
    let resources = (value["parameter"]?.elements ?? []).filter { $0["name"]?.text == "resource" }
      .compactMap { $0["resource"] }
    guard resources.count == 1 else {
      throw Refusal(description: "Parameters must have one parameter named resource, with the Claim or the Bundle")
    }
    return resources[0].canonical
  }
}
