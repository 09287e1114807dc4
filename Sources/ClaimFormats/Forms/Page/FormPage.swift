/// One page of a paper form as it was found: words with their places. Where they came from, the text of a PDF or an
/// image that was read, makes no difference to what follows.
package struct FormPage: Hashable, Sendable {
  /// The page's number in its file, from one.
  package let number: Int
  /// In points, 72 to the inch.
  package let width: Double
  package let height: Double
  package let words: [PlacedWord]

  package init(number: Int, width: Double, height: Double, words: [PlacedWord]) {
    self.number = number
    self.width = width
    self.height = height
    self.words = words
  }
}

/// A word where it stands on a page.
package struct PlacedWord: Hashable, Sendable {
  package let text: String
  package let box: PageBox
  /// In percent, as the engine that read an image gives it; nil for the text of a PDF, which is not in doubt.
  package let confidence: Int?

  package init(_ text: String, in box: PageBox, confidence: Int? = nil) {
    self.text = text
    self.box = box
    self.confidence = confidence
  }
}

/// A rectangle on a page, in points from the page's top left corner.
package struct PageBox: Hashable, Sendable, Codable {
  package let left: Double
  package let top: Double
  package let right: Double
  package let bottom: Double

  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}
