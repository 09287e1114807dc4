#!/usr/bin/env python3
"""What run_blocks.py must find, and what it must let pass."""

import pathlib
import tempfile
import unittest

import compare
import pages

PAGE = """# Page

<!-- exit: 65 -->
```
$ one |
    two
printed
$ three
```

    claims process a.837

<!-- run: no, it takes an hour -->
```
$ make everything
```

<!-- from: nowhere -->
text between
"""


class CompareTests(unittest.TestCase):
    def test_a_changed_amount_is_found(self):
        self.assertFalse(compare.agree(["paid 7  $5,341.56"], ["paid 7  $5,341.57"]))

    def test_a_line_too_many_or_too_few_is_found(self):
        self.assertFalse(compare.agree(["one"], ["one", "two"]))
        self.assertFalse(compare.agree(["one", "two"], ["one"]))

    def test_times_are_compared_by_their_form(self):
        self.assertTrue(compare.agree(["15 claims in 0.109 s"], ["15 claims in 12.4 s"]))
        self.assertFalse(compare.agree(["15 claims in 0.109 s"], ["16 claims in 0.109 s"]))

    def test_dots_stand_for_what_is_left_out(self):
        self.assertTrue(compare.agree(["one", "…", "four"], ["one", "two", "three", "four"]))
        self.assertTrue(compare.agree(["batch BAT-…"], ["batch BAT-808796d92000"]))
        self.assertFalse(compare.agree(["one", "…", "five"], ["one", "two", "four"]))

    def test_numbers_may_differ_only_where_the_page_says_so(self):
        self.assertTrue(compare.agree(["keys off  5  70"], ["keys off  5  105"], varies="keys off"))
        self.assertFalse(compare.agree(["keys on   5   5"], ["keys on   5   6"], varies="keys off"))


class PageTests(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "page.md")
            path.write_text(PAGE, encoding="utf-8")
            self.blocks, self.complaints = pages.read(path, "page.md")

    def test_a_command_goes_on_after_a_pipe(self):
        steps = self.blocks[0].steps()
        self.assertEqual([step.command for step in steps], ["one |\ntwo", "three"])
        self.assertEqual([step.printed for step in steps], [["printed"], []])

    def test_comments_belong_to_the_block_that_follows(self):
        self.assertEqual(self.blocks[0].directives, {"exit": "65"})
        self.assertEqual(self.blocks[1].reason_not_to_run, "it takes an hour")

    def test_what_nothing_would_check_is_complained_about(self):
        self.assertEqual(len(self.complaints), 2, self.complaints)
        self.assertIn("commands in an indented block", self.complaints[0])
        self.assertIn("a comment for a block that does not follow", self.complaints[1])


if __name__ == "__main__":
    unittest.main()
