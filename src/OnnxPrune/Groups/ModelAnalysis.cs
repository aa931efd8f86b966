using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune;

/// <summary>The facts that are inferred from a model before selection: graph, shapes, layouts, groups and costs.</summary>
public sealed class ModelAnalysis
{
    private readonly (Lazy<string> Structure, Lazy<string> Weights) hashes;
    private readonly Lazy<HashSet<object>> owned;
    private readonly IReadOnlyList<Diagnostic> notes;
    private readonly Lazy<IReadOnlyList<Uncounted>> uncounted;

    private ModelAnalysis(
        OnnxModel source, IReadOnlyList<Diagnostic> notes, ModelProto normalized, LayoutInference layouts, OperatorSet operators, OpenBranches branches)
    {
        Source = source;
        this.notes = notes;
        Normalized = normalized;
        Shapes = layouts.Shapes;
        Branches = branches;
        Layouts = layouts;
        Operators = operators;
        Zeros = ZeroFlow.Run(layouts, operators.Find);
        Groups = GroupFinder.Find(layouts, Zeros, operators.Find);
        Cost = CostModel.Of(layouts, operators.Find, AlternativeCosts.Of(layouts, operators.Find, branches, []));
        uncounted = new(() => [.. OnnxPrune.Groups.Uncounted.In(layouts, operators.Find)]);
        owned = new(() => new HashSet<object>(Groups, ReferenceEqualityComparer.Instance));
        hashes = (new(() => ModelHash.Structure(normalized)), new(() => ModelHash.Weights(normalized)));
    }

    /// <summary>The model as it was loaded.</summary>
    public OnnxModel Source { get; }

    /// <summary>The normalized model, with closed branches. Its hashes are those of the model.</summary>
    internal ModelProto Normalized { get; }

    /// <summary>The branches that are part of <see cref="Graph"/>.</summary>
    internal OpenBranches Branches { get; }

    /// <summary>The normalized model's graph, with open branches.</summary>
    internal Graph Graph => Shapes.Graph;

    /// <summary>The type of every value.</summary>
    internal ShapeInference Shapes { get; }

    /// <summary>The known sizes of symbolic dimensions.</summary>
    internal DimensionSizes Dimensions => Shapes.Valuation.Dimensions;

    /// <summary>The layout of every axis.</summary>
    internal LayoutInference Layouts { get; }

    /// <summary>The exactness of the groups.</summary>
    internal ZeroFlow Zeros { get; }

    /// <summary>The groups that can be pruned, in the order in which the graph uses their weights.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    /// <summary>The cost as a function of the kept sizes.</summary>
    internal CostModel Cost { get; private set; }

    /// <summary>The nodes that the cost does not hold in full; the cost is a lower bound if there are any.</summary>
    internal IReadOnlyList<Uncounted> Uncounted => uncounted.Value;

    /// <summary>The hash of the normalized model's structure.</summary>
    public string StructureHash => hashes.Structure.Value;

    /// <summary>The hash of the normalized model's weights.</summary>
    public string WeightsHash => hashes.Weights.Value;

    /// <summary>True for the hash of this structure, of today or as older plans have it.</summary>
    internal bool HasStructure(string hash) => hash == StructureHash || hash == ModelHash.FileOrderStructure(Normalized);

    /// <summary>True for the hash of these weights, of today or as older plans have it.</summary>
    internal bool HasWeights(string hash) => hash == WeightsHash || hash == ModelHash.FileOrderWeights(Normalized);

    /// <summary>The operators that the analysis used, and that rewriting will use.</summary>
    public OperatorSet Operators { get; }

    /// <summary>
    /// The parts of the model that the analysis does not support, whose channels are not pruned, and the parts that it removes or renames.
    /// </summary>
    public IEnumerable<Diagnostic> Warnings => SharedNames.Concat(notes).Concat(Shapes.Warnings).Concat(Layouts.Warnings);

    /// <summary>True if a group belongs to this analysis: groups of another analysis can have the same names.</summary>
    internal bool Owns(ChannelGroup group) => owned.Value.Contains(group);

    private IEnumerable<Diagnostic> SharedNames => Source.SharedNodeNames.Select(name => new Diagnostic(
        Severity.Warning, ErrorCodes.SharedNodeName, $"several nodes have the name '{name}'; all but the first are renamed, because runtimes reject them"));

    /// <summary>Analyses a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="nominal">The sizes of symbolic dimensions at which MACs are counted; other dimensions have default sizes.</param>
    /// <param name="operators">The supported operators; null for <see cref="OperatorSet.Default"/>.</param>
    /// <exception cref="OnnxPruneException">OP1005: the graph is cyclic; OP1006: the graph is malformed.</exception>
    public static ModelAnalysis Run(OnnxModel model, IReadOnlyDictionary<string, long>? nominal = null, OperatorSet? operators = null) =>
        Run(model, nominal is null ? DimensionSizes.Unknown : new DimensionSizes { Nominal = nominal }, operators ?? OperatorSet.Default);

    /// <summary>Analyses a model of which more is known than where MACs are counted.</summary>
    internal static ModelAnalysis Run(OnnxModel model, DimensionSizes dimensions, OperatorSet operators)
    {
        try
        {
            ModelCheck.Require(model.Proto);
            var notes = new List<Diagnostic>();
            var shapes = Shape(Normalizer.Normalize(model.Proto, notes), operators, dimensions);
            while (DecidedBranches.Inline(shapes, notes) is { } flatter) shapes = Shape(flatter, operators, dimensions);
            var analysis = WithOpenBranches(model, notes, shapes, operators);
            if (PassCheck.IsOn) AnalysisCheck.Run(analysis);
            return analysis;
        }
        catch (OnnxPruneException e) when (model.Path is not null)
        {
            throw e.Concerning(model.Path);
        }
    }

    /// <summary>The analysis in which these groups keep all channels, with a warning for each.</summary>
    internal ModelAnalysis Pinning(IEnumerable<(ChannelGroup Group, PinReason Reason)> groups)
    {
        foreach (var (group, reason) in groups)
        {
            Layouts.Unifier.Substitution.Pin(group.Variable, reason);
            Layouts.Warn(ErrorCodes.GroupLeftAlone, $"{group.Id} keeps its channels, because a cut fails at {reason.Node}: {reason.Why}");
        }
        return new ModelAnalysis(Source, notes, Normalized, Layouts, Operators, Branches);
    }

    /// <summary>The same analysis with another cost model.</summary>
    internal ModelAnalysis With(CostModel cost)
    {
        var copy = (ModelAnalysis)MemberwiseClone();
        copy.Cost = cost;
        return copy;
    }

    // Branches are opened where it is certain which one counts; that shows once they are open.
    private static ModelAnalysis WithOpenBranches(OnnxModel model, List<Diagnostic> notes, ShapeInference closed, OperatorSet operators)
    {
        for (var stayClosed = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var (shapes, branches, undecided, more) = (closed, new OpenBranches(), new List<string>(), new List<Diagnostic>());
            while (branches.Open(shapes, stayClosed, more) is { } open) shapes = Shape(open, operators, closed.Valuation.Dimensions);
            var layouts = LayoutInference.Run(shapes, operators.Find, operators.FirstOpsetAfter);
            KernelAxes.Pin(layouts, operators.Find);
            AlternativeCosts.Of(layouts, operators.Find, branches, undecided);
            if (undecided.Count == 0) return new ModelAnalysis(model, [.. notes, .. more], closed.Graph.Model, layouts, operators, branches);
            stayClosed.UnionWith(undecided);
        }
    }

    private static ShapeInference Shape(ModelProto normalized, OperatorSet operators, DimensionSizes dimensions) =>
        ShapeInference.Run(GraphReader.Read(normalized), operators.Find, dimensions);
}
