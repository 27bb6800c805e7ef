package io.dynlock.internal.table;

/**
 * Is told of every request to DynamoDB.
 */
@FunctionalInterface
public interface RequestListener {

	/**
	 * A request has ended.
	 * @param operation DynamoDB's name of the operation, such as {@code UpdateItem}
	 * @param answered whether there was a usable answer; a condition that does not hold
	 * is one
	 */
	void requested(String operation, boolean answered);

}
