import Testing

@Suite("A pool's state, at random")
struct PoolWalkTests {
  @Test("a pool keeps its promises for any events in any order", arguments: 1...40)
  func walks(block: UInt64) {
    for seed in (block * 50)..<(block * 50 + 50) {
      var walk = PoolWalk(seed: seed)
      for _ in 1...200 where walk.broken.isEmpty { walk.step() }
      walk.end()
      #expect(walk.broken == [], "seed \(seed)")
    }
  }
}
