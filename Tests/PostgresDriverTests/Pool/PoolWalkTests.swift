import Testing

@Suite("A pool's state, by lot")
struct PoolWalkTests {
  @Test("whatever happens in whatever order, a pool keeps its promises", arguments: 1...40)
  func walks(block: UInt64) {
    for seed in (block * 50)..<(block * 50 + 50) {
      var walk = PoolWalk(seed: seed)
      for _ in 1...200 where walk.broken.isEmpty { walk.step() }
      walk.end()
      #expect(walk.broken == [], "seed \(seed)")
    }
  }
}
