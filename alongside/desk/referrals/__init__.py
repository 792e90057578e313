"""The referrals section: the queue, a draft, an assessment, a decision, a hand-off."""
