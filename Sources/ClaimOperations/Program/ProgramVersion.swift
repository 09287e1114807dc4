/// The version of the program, as `claims --version` prints it.
package enum ProgramVersion {
  package static let text = "1.0.0"
}
