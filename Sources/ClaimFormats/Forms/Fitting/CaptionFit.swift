/// Finds a form on a page by its captions.
struct CaptionFit: Sendable {
  let transform: PageTransform
  /// The captions that stand where the transform says.
  let count: Int

  /// A caption and a place where its words stand.
  private typealias Anchor = (caption: Int, from: PagePoint, to: PagePoint)

  /// How far a caption may be from its place, in points: sheets differ in how they are printed.
  private static let tolerance = 7.0
  /// The fewest captions that show which form it is.
  private static let fewest = 5

  /// Nil when the page does not have enough of the form's captions in their places.
  init?(_ words: [PlacedWord], _ layout: FormLayout) {
    let anchors = Self.anchors(words, layout)
    guard Set(anchors.map(\.caption)).count >= Self.fewest, let guess = Self.bestGuess(anchors) else { return nil }
    var transform = guess
    var inliers: [Anchor] = []
    for round in 0..<4 {
      inliers = Self.inliers(anchors, transform, within: round == 0 ? Self.tolerance * 1.5 : Self.tolerance)
      guard inliers.count >= Self.fewest,
        let better = PageTransform(leastSquaresOf: inliers.map { ($0.from, $0.to) }), better.isPlausible
      else { break }
      transform = better
    }
    guard inliers.count >= Self.fewest, transform.isPlausible else { return nil }
    self.transform = transform
    count = Set(inliers.map(\.caption)).count
  }

  /// Tries the transform of each pair of captions that are found once, and keeps the one that most captions agree with.
  private static func bestGuess(_ anchors: [Anchor]) -> PageTransform? {
    let once = Dictionary(grouping: anchors, by: \.caption).values.filter { $0.count == 1 }.map { $0[0] }
      .sorted { $0.caption < $1.caption }
    var best: (count: Int, transform: PageTransform)?
    for (index, first) in once.enumerated() {
      for second in once[(index + 1)...] {
        guard abs(first.to.x - second.to.x) + abs(first.to.y - second.to.y) > 150,
          let transform = PageTransform((first.from, second.from), to: (first.to, second.to)), transform.isPlausible
        else { continue }
        let count = inliers(anchors, transform, within: tolerance * 1.5).count
        if count > best?.count ?? 0 { best = (count, transform) }
      }
    }
    return best?.transform
  }

  private static func inliers(_ anchors: [Anchor], _ transform: PageTransform, within limit: Double) -> [Anchor] {
    anchors.filter { anchor in
      let point = transform(anchor.from)
      return abs(point.x - anchor.to.x) < limit && abs(point.y - anchor.to.y) < limit
    }
  }

  /// The places where the words of captions follow one another. A caption that stands in many places says little.
  private static func anchors(_ words: [PlacedWord], _ layout: FormLayout) -> [Anchor] {
    let plain = words.map { FormCaption.plain($0.text) }
    let byLength = Dictionary(grouping: plain.indices, by: { plain[$0].count })
    return layout.captions.enumerated().flatMap { number, caption -> [Anchor] in
      guard caption.line > 0, let first = caption.words.first else { return [] }
      let target = PagePoint(
        x: layout.grid.x(ofColumn: caption.column), y: layout.grid.y(ofLine: caption.line) + 4)
      let found = ((first.count - 1)...(first.count + 1)).flatMap { byLength[$0] ?? [] }.filter { index in
        FormCaption.resemble(first, plain[index]) && follows(caption, words[index], words, plain, byLength)
      }
      guard (1...4).contains(found.count) else { return [] }
      return found.map { index in
        let box = words[index].box
        return (number, PagePoint(x: box.left, y: (box.top + box.bottom) / 2), target)
      }
    }
  }

  /// Whether the caption's second word stands to the right of its first, and the third to the right of that.
  private static func follows(
    _ caption: FormCaption, _ first: PlacedWord, _ words: [PlacedWord], _ plain: [String], _ byLength: [Int: [Int]]
  ) -> Bool {
    var last = first
    for word in caption.words.dropFirst().prefix(2) {
      let candidates = ((word.count - 1)...(word.count + 1)).flatMap { byLength[$0] ?? [] }
      let height = last.box.bottom - last.box.top
      let next = candidates.first { index in
        let box = words[index].box
        return abs(box.top + box.bottom - last.box.top - last.box.bottom) < height * 1.6
          && box.left > last.box.left && box.left - last.box.right < height * 2.5
          && FormCaption.resemble(word, plain[index])
      }
      guard let next else { return false }
      last = words[next]
    }
    return caption.words.count > 1 || caption.words[0].count > 4
  }
}
