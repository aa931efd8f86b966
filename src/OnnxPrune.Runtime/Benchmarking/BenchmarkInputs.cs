using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>The random inputs that models are timed on: those of the verification, at the nominal sizes at which MACs are counted.</summary>
internal sealed class BenchmarkInputs
{
    private readonly ModelAnalysis analysis;
    private readonly LatencyOptions options;

    private BenchmarkInputs(ModelAnalysis analysis, LatencyOptions options) => (this.analysis, this.options) = (analysis, options);

    /// <summary>The inputs of a model.</summary>
    /// <exception cref="OnnxPruneException">OP2001: a batch is asked for, and every first axis is fixed.</exception>
    public static BenchmarkInputs Of(OnnxModel model, LatencyOptions options)
    {
        var dimensions = new Dictionary<string, long>(options.Dimensions);
        if (options.Batch is { } batch) foreach (string symbol in BatchSymbols(model)) dimensions[symbol] = batch;
        return Of(ModelAnalysis.Run(model, dimensions), options);
    }

    /// <summary>The inputs of a model, at the nominal sizes of its analysis.</summary>
    public static BenchmarkInputs Of(ModelAnalysis analysis, LatencyOptions options) => new(analysis, options);

    /// <summary>
    /// Feeds models with the first inputs that the first of them runs on: nominal sizes, else, where nobody asked for sizes, those of the
    /// verification.
    /// </summary>
    /// <returns>The inputs.</returns>
    /// <exception cref="OnnxPruneException">OP6001: a model does not run on them; OP6004: they cannot be made up.</exception>
    public IReadOnlyDictionary<string, HostTensor> Feed(IReadOnlyList<TimedModel> models)
    {
        var inputs = Accepted(models[0]);
        foreach (var model in models.Skip(1)) model.Feed(inputs);
        return inputs;
    }

    private IReadOnlyDictionary<string, HostTensor> Accepted(TimedModel model)
    {
        try
        {
            return Fed(model, input => analysis.Shapes.Valuation.Shape(input)?.Select(size => size[Size.Nominal]).ToArray());
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel && options.Batch is null && options.Dimensions.Count == 0)
        {
            return Fed(model, input => analysis.Shapes.Valuation.RunShape(input, 0));
        }
    }

    private IReadOnlyDictionary<string, HostTensor> Fed(TimedModel model, Func<ValueInfoProto, long[]?> shape)
    {
        var inputs = Made(shape);
        model.Feed(inputs);
        return inputs;
    }

    private IReadOnlyDictionary<string, HostTensor> Made(Func<ValueInfoProto, long[]?> shape)
    {
        try
        {
            return InputGenerator.Create(analysis, input => input.Declared is { } declared ? shape(declared) : null, options.Seed);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.NotVerified)
        {
            throw new OnnxPruneException(ErrorCodes.CannotBeTimed, $"cannot be timed: {e.Message}; give the input a shape", analysis.Source.Path, e);
        }
    }

    private static List<string> BatchSymbols(OnnxModel model)
    {
        var weights = model.Proto.Graph.Initializer.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var symbols = model.Proto.Graph.Input.Where(
            i => !weights.Contains(i.Name) && i.Type?.TensorType?.Shape?.Dim is [var first, ..] && first is not { HasDimValue: true, DimValue: > 0 })
            .Select(i => Valuation.Symbol(i, 0)).Distinct().ToList();
        return symbols.Count > 0
            ? symbols
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, "--batch: the first axis of every input is fixed in the model");
    }
}
