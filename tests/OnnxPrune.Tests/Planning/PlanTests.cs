using Onnx;
using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Testing;

namespace OnnxPrune.Planning;

public class PlanTests
{
    private const string Network = """
        g (float[N,3,8,8] x) => (float[N,4,a,b] y)
        <float[6,3,3,3] w1 = normal 0.1, float[6] b1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1>
        { h = Conv(x, w1, b1) r = Relu(h) y = Conv(r, w2) }
        """;

    private static readonly PruneOptions Half = new() { Budget = new Budget(BudgetKind.Channels, 0.5) };

    [Fact]
    public void A_plan_survives_its_file()
    {
        using var folder = new TemporaryFolder();
        var plan = Planner.Plan(Analysis.Of(Network), Half with { Include = ["w*"], Exclude = ["z?"], Seed = 3 });
        PlanFile.Save(plan.ToPlan(), folder.File("plan.json"));
        string text = File.ReadAllText(folder.File("plan.json"));
        Assert.Equal(text, PlanFile.ToJson(PlanFile.Load(folder.File("plan.json"))));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void A_plan_gives_back_the_masks_that_it_was_made_from()
    {
        var analysis = Analysis.Of(Network);
        var plan = Planner.Plan(analysis, Half);
        var cut = PruningDecision.Of(Analysis.Of(Network), plan.ToPlan()).Cut;
        bool[] mask = cut.MaskOf(Assert.Single(cut.Groups))!;
        Assert.Equal(plan.Groups.Single().Kept, KeptRanges.Format(mask));
        Assert.Equal(3, mask.Count(k => k));
    }

    [Fact]
    public void Two_runs_make_the_same_plan() =>
        Assert.Equal(Json(), Json());

    [Fact]
    public void Excluded_groups_lose_nothing()
    {
        var error = Assert.Throws<OnnxPruneException>(() => Planner.Plan(Analysis.Of(Network), Half with { Exclude = ["w1"] }));
        Assert.Equal(ErrorCodes.NothingToPrune, error.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"schema\": 99}")]
    [InlineData("{\"schema\": 1, \"tool\": null}")]
    public void What_is_not_a_plan_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("plan.json"), text);
        Assert.Equal(ErrorCodes.NotAPlan, Assert.Throws<OnnxPruneException>(() => PlanFile.Load(folder.File("plan.json"))).Code);
    }

    [Fact]
    public void A_plan_that_is_missing_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ErrorCodes.FileNotReadable, Assert.Throws<OnnxPruneException>(() => PlanFile.Load(folder.File("none.json"))).Code);
    }

    [Fact]
    public void A_model_of_another_structure_is_refused()
    {
        var plan = Planner.Plan(Analysis.Of(Network), Half).ToPlan();
        var other = Analysis.Of(Network.Replace("Relu", "Elu", StringComparison.Ordinal));
        Assert.Equal(ErrorCodes.PlanStructureMismatch, Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(other, plan).Cut).Code);
    }

    [Fact]
    public void Other_weights_are_refused_unless_allowed()
    {
        var plan = Planner.Plan(Analysis.Of(Network), Half).ToPlan();
        var other = Analysis.Of(Network.Replace("normal 0.1", "normal 0.2", StringComparison.Ordinal));
        Assert.Equal(ErrorCodes.PlanWeightsMismatch, Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(other, plan).Cut).Code);
        Assert.Single(PruningDecision.Of(other, plan, otherWeights: true).Cut.Groups);
    }

    [Fact]
    public void A_plan_of_approximate_groups_says_so_and_one_without_the_permission_is_refused()
    {
        const string Normalised = """
            g (float[N,3] x) => (float[N,4] y)
            <float[3,8] w = normal 0.1, float[8] s = normal 1, float[8] t = normal 1, float[8,4] v = normal 0.1>
            { h = MatMul(x, w) [norm] n = LayerNormalization(h, s, t) y = MatMul(n, v) }
            """;
        var error = Assert.Throws<OnnxPruneException>(() => Planner.Plan(Analysis.Of(Normalised), Half));
        Assert.Equal(ErrorCodes.NothingToPrune, error.Code);
        Assert.Contains("w[1] (LayerNormalization norm: normalises over this axis, only approximate)", error.Message, StringComparison.Ordinal);
        Assert.Contains("try --allow approximate (down to ", error.Message, StringComparison.Ordinal);
        var plan = Planner.Plan(Analysis.Of(Normalised), Half with { AllowApproximate = true }).ToPlan();
        Assert.True(plan.Options.AllowApproximate);
        Assert.False(Assert.Single(plan.Groups).Exact);
        Assert.Single(PruningDecision.Of(Analysis.Of(Normalised), plan).Cut.Groups);
        var forbidden = plan with { Options = plan.Options with { AllowApproximate = false } };
        Assert.Equal(ErrorCodes.NotAPlan, Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(Analysis.Of(Normalised), forbidden)).Code);
    }

    [Fact]
    public void A_plan_from_before_granularity_is_read()
    {
        using var folder = new TemporaryFolder();
        var plan = System.Text.Json.Nodes.JsonNode.Parse(Json())!;
        foreach (string key in new[] { "granularity", "allowApproximate" }) plan["options"]!.AsObject().Remove(key);
        plan["groups"]![0]!.AsObject().Remove("kind");
        plan.AsObject().Remove("notes");
        File.WriteAllText(folder.File("plan.json"), plan.ToJsonString());
        Assert.Single(PruningDecision.Of(Analysis.Of(Network), PlanFile.Load(folder.File("plan.json"))).Cut.Groups);
    }

    [Theory]
    [InlineData("channels=10%", 3, 1, 1, "try a lower --min-channels (down to 16.7%)")]
    [InlineData("channels=10%", 1, 5, 1, "try a lower --round-to (down to 16.7%)")]
    [InlineData("channels=10%", 1, 1, 0.5, "try a higher --max-sparsity (down to 16.7%)")]
    public void A_budget_out_of_reach_says_how_far_pruning_goes_and_what_would_help(string budget, int min, int round, double sparsity, string advice)
    {
        var options = new PruneOptions { Budget = Budget.Parse(budget), Allocation = new AllocationOptions(MinChannels: min, RoundTo: round, MaxSparsity: sparsity) };
        var error = Assert.Throws<OnnxPruneException>(() => Planner.Plan(Analysis.Of(Network), options));
        Assert.Equal(ErrorCodes.BudgetOutOfReach, error.Code);
        Assert.Contains(
            "remain at least; not prunable are among others w2[0] (graph output), w1[1] (graph input)", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(advice, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channels=40%", Scope.Global, 0.9, 0)]
    [InlineData("channels=5%", Scope.Global, 1, 1)]
    [InlineData("channels=5%", Scope.Dp, 1, 1)]
    [InlineData("channels=40%", Scope.Local, 1, 0)]
    public void A_tenth_of_every_group_stays_unless_the_budget_needs_it_and_the_plan_says_so(string budget, Scope scope, double sparsity, int notes)
    {
        string wide = Network.Replace("float[6,3,3,3] w1", "float[40,3,3,3] w1", StringComparison.Ordinal)
            .Replace("float[6] b1", "float[40] b1", StringComparison.Ordinal)
                .Replace("float[4,6,3,3] w2", "float[4,40,3,3] w2", StringComparison.Ordinal);
        var plan = Planner.Plan(Analysis.Of(wide), new PruneOptions { Budget = Budget.Parse(budget), Allocation = new AllocationOptions(scope) });
        Assert.Equal(sparsity, plan.Options.MaxSparsity);
        Assert.Equal(notes, plan.Notes!.Count);
        Assert.All(plan.Notes, note => Assert.Equal("the budget is out of reach while every group keeps at least 10%: groups may lose more", note));
    }

    [Fact]
    public void A_budget_that_nothing_helps_is_to_be_raised()
    {
        var error = Assert.Throws<OnnxPruneException>(
            () => Planner.Plan(Analysis.Of(Network), new PruneOptions { Budget = Budget.Parse("channels=10%") }));
        Assert.EndsWith("; raise the budget", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_the_model_does_not_have_is_refused()
    {
        var plan = Planner.Plan(Analysis.Of(Network), Half).ToPlan();
        var changed = plan with { Groups = [plan.Groups[0] with { Id = "other[0]" }] };
        Assert.Equal(ErrorCodes.NotAPlan, Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(Analysis.Of(Network), changed)).Code);
    }

    [Fact]
    public void Neither_documentation_nor_the_exporter_changes_the_hashes()
    {
        var (structure, weights) = Hashes(_ => { });
        Assert.Equal((structure, weights), Hashes(model =>
        {
            model.ProducerName = "another";
            model.ProducerVersion = "9";
            model.DocString = "text";
            model.Graph.DocString = "text";
            model.Graph.Node[0].DocString = "text";
            model.Graph.Initializer[0].DocString = "text";
            model.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "x" });
        }));
    }

    [Fact]
    public void Documentation_of_values_and_metadata_of_nodes_do_not_either()
    {
        Assert.Equal(Hashes(_ => { }), Hashes(model =>
        {
            model.Graph.Input[0].DocString = "text";
            model.Graph.Output[0].DocString = "text";
            model.Graph.Node[0].MetadataProps.Add(new StringStringEntryProto { Key = "namespace", Value = "x" });
        }));
    }

    [Fact]
    public void The_form_in_which_weights_are_stored_does_not()
    {
        Assert.Equal(Hashes(_ => { }), Hashes(model =>
        {
            var tensor = model.Graph.Initializer[0];
            tensor.FloatData.AddRange(Tensors.Floats(tensor).ToArray());
            tensor.ClearRawData();
        }));
    }

    [Fact]
    public void One_changed_weight_changes_the_weights_only()
    {
        var (structure, weights) = Hashes(_ => { });
        var (sameStructure, otherWeights) = Hashes(model =>
        {
            byte[] raw = model.Graph.Initializer[0].RawData.ToByteArray();
            raw[5] ^= 1;
            model.Graph.Initializer[0].RawData = Google.Protobuf.ByteString.CopyFrom(raw);
        });
        Assert.Equal(structure, sameStructure);
        Assert.NotEqual(weights, otherWeights);
    }

    [Fact]
    public void A_changed_attribute_changes_the_structure()
    {
        var changed = Hashes(
            model => model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "group", I = 1, Type = AttributeProto.Types.AttributeType.Int }));
        Assert.NotEqual(Hashes(_ => { }).Structure, changed.Structure);
    }

    private static (string Structure, string Weights) Hashes(Action<ModelProto> change)
    {
        var model = OnnxText.Parse(Network);
        change(model);
        var normalized = Normalizer.Normalize(model);
        return (ModelHash.Structure(normalized), ModelHash.Weights(normalized));
    }

    private static string Json() => PlanFile.ToJson(Planner.Plan(Analysis.Of(Network), Half).ToPlan());
}
