using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune;

/// <summary>Everything that is inferred from a model before anything is decided: graph, shapes, layouts, groups and costs.</summary>
public sealed class ModelAnalysis
{
    private readonly (Lazy<string> Structure, Lazy<string> Weights) hashes;
    private readonly Lazy<HashSet<object>> owned;

    private ModelAnalysis(OnnxModel source, ShapeInference shapes, LayoutInference layouts, OperatorSet operators)
    {
        Source = source;
        Shapes = shapes;
        Layouts = layouts;
        Operators = operators;
        Zeros = ZeroFlow.Run(layouts, operators.Find);
        Groups = GroupFinder.Find(layouts, Zeros, operators.Find);
        Cost = CostModel.Of(layouts, operators.Find);
        owned = new(() => new HashSet<object>(Groups, ReferenceEqualityComparer.Instance));
        hashes = (new(() => ModelHash.Structure(Graph.Model)), new(() => ModelHash.Weights(Graph.Model)));
    }

    /// <summary>The model as it was loaded.</summary>
    public OnnxModel Source { get; }

    /// <summary>The normalized model's graph.</summary>
    internal Graph Graph => Shapes.Graph;

    /// <summary>The type of every value.</summary>
    internal ShapeInference Shapes { get; }

    /// <summary>The layout of every axis.</summary>
    internal LayoutInference Layouts { get; }

    /// <summary>Which groups are exact.</summary>
    internal ZeroFlow Zeros { get; }

    /// <summary>The prunable groups, in the order in which the graph uses their weights.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    /// <summary>The cost as a function of the kept sizes.</summary>
    internal CostModel Cost { get; private set; }

    /// <summary>The hash of the normalized model's structure.</summary>
    public string StructureHash => hashes.Structure.Value;

    /// <summary>The hash of the normalized model's weights.</summary>
    public string WeightsHash => hashes.Weights.Value;

    /// <summary>The operators that the model was analysed with, and will be rewritten with.</summary>
    public OperatorSet Operators { get; }

    /// <summary>What could not be understood and is left alone.</summary>
    public IEnumerable<Diagnostic> Warnings => Shapes.Warnings.Concat(Layouts.Warnings);

    /// <summary>True for a group of this analysis: groups of another analysis may have the same names.</summary>
    internal bool Owns(ChannelGroup group) => owned.Value.Contains(group);

    /// <summary>Analyses a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="nominal">Sizes by symbol at which MACs are counted; the others have defaults.</param>
    /// <param name="operators">The operators to know; null for <see cref="OperatorSet.Default"/>.</param>
    /// <exception cref="OnnxPruneException">OP1005 cyclic or OP1006 malformed graph.</exception>
    public static ModelAnalysis Run(OnnxModel model, IReadOnlyDictionary<string, long>? nominal = null, OperatorSet? operators = null)
    {
        operators ??= OperatorSet.Default;
        try
        {
            ModelCheck.Require(model.Proto);
            var shapes = Shape(Normalizer.Normalize(model.Proto), operators, nominal ?? new Dictionary<string, long>());
            while (DecidedBranches.Inline(shapes) is { } flatter) shapes = Shape(flatter, operators, nominal ?? new Dictionary<string, long>());
            var analysis = new ModelAnalysis(model, shapes, LayoutInference.Run(shapes, operators.Find), operators);
            if (PassCheck.IsOn) AnalysisCheck.Run(analysis);
            return analysis;
        }
        catch (OnnxPruneException e) when (model.Path is not null)
        {
            throw e.Concerning(model.Path);
        }
    }

    /// <summary>The same analysis with another cost.</summary>
    internal ModelAnalysis With(CostModel cost)
    {
        var copy = (ModelAnalysis)MemberwiseClone();
        copy.Cost = cost;
        return copy;
    }

    private static ShapeInference Shape(ModelProto normalized, OperatorSet operators, IReadOnlyDictionary<string, long> nominal) =>
        ShapeInference.Run(GraphReader.Read(normalized), operators.Find, nominal);
}
