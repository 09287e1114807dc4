package import DurableExecution

extension ShapeComparison {
  package var findings: [Finding] {
    differences.map { part, difference in
      switch difference {
      case .changed: Finding(.tablesAsMade, part, "it is not as this program makes it")
      case .missing: Finding(.tablesAsMade, part, "it is missing")
      case .foreign: Finding(.tablesAsMade, part, "it is none of this program's")
      }
    }
  }
}
