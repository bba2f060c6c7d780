"""Files made of exhibits: images, workbooks; slides and bulletins follow."""
