package io.dynlock;

/**
 * What is done about the table before its first use.
 */
public enum TableCreation {

	/**
	 * The table is created when it is missing, awaited and verified. Needs the actions
	 * {@code dynamodb:DescribeTable}, {@code dynamodb:CreateTable} and, for the removal
	 * of old items, {@code dynamodb:UpdateTimeToLive}; for tags
	 * {@code dynamodb:TagResource}. The default.
	 */
	CREATE,

	/**
	 * The table must exist; it is awaited and verified. Needs
	 * {@code dynamodb:DescribeTable}.
	 */
	VALIDATE,

	/**
	 * The table is used as it is.
	 */
	NONE

}
