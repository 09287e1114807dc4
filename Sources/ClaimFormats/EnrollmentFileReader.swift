/// Reads a file of enrollment in any supported format, in constant memory: X12 834, or FHIR with Coverages and Patients.
package struct EnrollmentFileReader {
  private enum Reader {
    case x12(EnrollmentReader)
    case fhir(FHIREnrollmentReader)
  }

  private var reader: Reader

  /// Detects the format from the beginning.
  ///
  /// - Parameter readsDamaged: Whether the members of a damaged transaction are read, too, to say what is wrong with them.
  ///   Each has the damage as its first problem.
  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes, readsDamaged: Bool = false) throws(InputError) {
    reader =
      try source.isFHIR
      ? .fhir(try FHIREnrollmentReader(source))
      : .x12(try EnrollmentReader(source, readsDamaged: readsDamaged))
  }

  /// Returns the next item; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> EnrollmentItem? {
    switch reader {
    case .x12(var x12):
      let item = try x12.next()
      reader = .x12(x12)
      return item
    case .fhir(var fhir):
      let item = try fhir.next()
      reader = .fhir(fhir)
      return item
    }
  }
}

extension ClaimBytes {
  /// Whether these are FHIR resources, by their beginning.
  package var isFHIR: Bool {
    get throws(InputError) {
      var window = ByteWindow(of: self, capacity: ClaimFileFormat.reach)
      try window.require(ClaimFileFormat.reach)
      return (try? ClaimFileFormat.detect(window.bytes[window.unread])) == .fhir
    }
  }
}
