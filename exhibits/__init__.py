"""What leaders look at: findings in words, figures in words, tables ready to draw."""
