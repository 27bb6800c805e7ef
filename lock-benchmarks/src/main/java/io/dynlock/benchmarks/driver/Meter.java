package io.dynlock.benchmarks.driver;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts requests, each attempt of the SDK as one, and sums up the capacity that the
 * answers report. A refused write reports none although DynamoDB charges for it: it
 * counts as one write unit, since the items here are smaller than 1 KB.
 */
public final class Meter implements ExecutionInterceptor {

	private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;

	private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();

	private final DoubleAdder readUnits = new DoubleAdder();

	private final DoubleAdder writeUnits = new DoubleAdder();

	/** What was counted until now. */
	public Counts counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.operations.forEach((operation, count) -> counts.put(operation, count.sum()));
		return new Counts(counts, this.readUnits.sum(), this.writeUnits.sum());
	}

	@Override
	public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
		SdkRequest request = context.request();
		if (request instanceof UpdateItemRequest update) {
			return update.toBuilder().returnConsumedCapacity(TOTAL).build();
		}
		if (request instanceof PutItemRequest put) {
			return put.toBuilder().returnConsumedCapacity(TOTAL).build();
		}
		if (request instanceof DeleteItemRequest delete) {
			return delete.toBuilder().returnConsumedCapacity(TOTAL).build();
		}
		if (request instanceof GetItemRequest get) {
			return get.toBuilder().returnConsumedCapacity(TOTAL).build();
		}
		if (request instanceof QueryRequest query) {
			return query.toBuilder().returnConsumedCapacity(TOTAL).build();
		}
		return request;
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
		this.operations.computeIfAbsent(operation, (key) -> new LongAdder()).increment();
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		SdkResponse response = context.response();
		if (response instanceof UpdateItemResponse update) {
			add(this.writeUnits, update.consumedCapacity());
		}
		else if (response instanceof PutItemResponse put) {
			add(this.writeUnits, put.consumedCapacity());
		}
		else if (response instanceof DeleteItemResponse delete) {
			add(this.writeUnits, delete.consumedCapacity());
		}
		else if (response instanceof GetItemResponse get) {
			add(this.readUnits, get.consumedCapacity());
		}
		else if (response instanceof QueryResponse query) {
			add(this.readUnits, query.consumedCapacity());
		}
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
		for (Throwable cause = context.exception(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ConditionalCheckFailedException) {
				this.writeUnits.add(1);
				return;
			}
		}
	}

	private static void add(DoubleAdder units, ConsumedCapacity consumed) {
		if (consumed != null && consumed.capacityUnits() != null) {
			units.add(consumed.capacityUnits());
		}
	}

}
